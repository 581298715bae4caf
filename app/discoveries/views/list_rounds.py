"""The round of a list that has come in: chosen later, and taken back."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.core import clock
from app.discoveries.forms.lists import ListRoundForm
from app.discoveries.models import ImportedList
from app.discoveries.queries import ListLine
from app.discoveries.queries.items_figures import get_round
from app.discoveries.service.list_rounds import (
    list_fitting_rounds,
    may_leave_round,
    put_into_round,
    take_out_of_round,
)
from app.discoveries.views.blueprint import blueprint, list_from_url
from app.extensions import db
from app.web.security import current_identity, requires


def round_form_of(imported: ImportedList, identity: Identity) -> ListRoundForm | None:
    """The form that puts a list into a round; None where there is none to choose, or nobody to choose it."""
    if not can(identity, Permission.KEEP_ROUNDS):
        return None
    rounds = list_fitting_rounds(db.session, identity, imported, today=clock.today())
    return ListRoundForm.offering(rounds) if rounds else None


def may_leave(imported: ImportedList, identity: Identity) -> bool:
    """Whether the page offers to take a list out of its round."""
    return can(identity, Permission.KEEP_ROUNDS) and may_leave_round(identity, imported, today=clock.today())


@blueprint.post("/discoveries/lists/<int:list_id>/round")
@requires(Permission.KEEP_ROUNDS, list_from_url)
def put_list_into_round(line: ListLine) -> Response:
    """Let a round count the people of a list."""
    form, identity = ListRoundForm(), current_identity()
    chosen = get_round(db.session, identity, form.round_id.data or 0)

    def put() -> int:
        return put_into_round(db.session, line.imported, chosen, actor=identity, now=clock.now())

    return _done(line, form, put, f"«{chosen.title}»에 넣었습니다. 이 차수에서 세는 사람")


@blueprint.post("/discoveries/lists/<int:list_id>/round/leave")
@requires(Permission.KEEP_ROUNDS, list_from_url)
def take_list_out_of_round(line: ListLine) -> Response:
    """Take that back."""
    identity = current_identity()

    def out() -> int:
        return take_out_of_round(db.session, line.imported, actor=identity, now=clock.now())

    return _done(line, ListRoundForm(), out, "차수에서 뺐습니다. 더는 세지 않는 사람")


def _done(line: ListLine, form: ListRoundForm, verb: Callable[[], int], words: str) -> Response:
    list_id = line.imported.id
    if form.carries_out(verb):
        flash(f"{words} {form.outcome:,}명.", "ok")
    elif form.broken is not None:
        flash(form.broken.text, "danger")
    return redirect(url_for("discoveries.show_list", list_id=list_id))
