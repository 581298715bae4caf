"""차수: the rounds of a 시군구, one of them with its lists and those before it, and the form of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.core import clock
from app.core.keys import key_typed
from app.discoveries import queries, service
from app.discoveries.forms.rounds import RoundForm
from app.discoveries.models import Round
from app.discoveries.queries.items_figures import count_figures, get_round, totalled
from app.discoveries.queries.rounds import RoundLine, list_earlier_rounds, list_rounds, with_numbers
from app.discoveries.rules import Route
from app.discoveries.rules.items_figures import Figure
from app.discoveries.rules.rounds import next_opening
from app.discoveries.views.blueprint import blueprint
from app.extensions import db
from app.web.paging import Page
from app.web.security import current_identity, requires

AT_ONCE, LISTS = 20, 50
SHOWN = (Figure.ASSIGNED, Figure.COUNSELLED, Figure.VISITED, Figure.DONE, Figure.UNDONE)
"""Of the figures, what tells how far a centre is."""


def round_from_url(session: Session, identity: Identity, *, round_id: int) -> Round:
    """The round of the URL, or 404."""
    return get_round(session, identity, round_id)


@blueprint.get("/discoveries/rounds")
@requires(Permission.SEE_TRIAGE)
def rounds() -> Any:
    """Every round with how far it is, the newest first."""
    identity, after = current_identity(), _after()
    found = list_rounds(db.session, identity, after=after, limit=AT_ONCE)
    lines = found[:AT_ONCE]
    page = Page(lines, _key(lines[-1]) if len(found) > AT_ONCE else None, after is None)
    return render_template("discoveries/rounds.html", page=page, today=clock.today())


def _after() -> tuple[date, int] | None:
    """The key of the last round of the page before: «2026-09-28.17»."""
    opened, _, key = request.args.get("after", "").partition(".")
    try:
        number = key_typed(key)
        return (date.fromisoformat(opened), number) if number else None
    except ValueError:
        return None


def _key(line: RoundLine) -> str:
    return f"{line.round.opens_on}.{line.round.id}"


@blueprint.get("/discoveries/rounds/<int:round_id>")
@requires(Permission.SEE_TRIAGE, round_from_url)
def show_round(of_round: Round) -> Any:
    """One round: its lists, its numbers by centre, the days that are left, the rounds before it."""
    identity = current_identity()
    [line] = with_numbers(db.session, identity, [of_round])
    sees_lists = can(identity, Permission.IMPORT_LIST)
    lists = queries.list_lists(db.session, identity, round_id=of_round.id, limit=LISTS) if sees_lists else []
    centres = count_figures(db.session, identity, of_round)
    return render_template(
        "discoveries/round.html", line=line, of_round=of_round, today=clock.today(), lists=lists[:LISTS],
        centres=centres, total=totalled(centres), figures=SHOWN, more_lists=len(lists) > LISTS,
        earlier=list_earlier_rounds(db.session, identity, of_round),
    )  # fmt: skip


@blueprint.route("/discoveries/rounds/new", methods=["GET", "POST"])
@requires(Permission.KEEP_ROUNDS)
def new_round() -> Any:
    """Open a round."""
    identity, now = current_identity(), clock.now()
    opens_on = next_opening(clock.korean_date(now))
    form = RoundForm(data={"source": Route.SYS_CENTRAL.value, "opens_on": opens_on})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.open_round(db.session, form.to_details(), actor=identity, now=now)
    ):
        flash("차수를 열었습니다. 이제 명단을 담을 때 이 차수를 고를 수 있습니다.", "ok")
        return redirect(url_for("discoveries.show_round", round_id=form.outcome.id))
    return _form(form, None)


@blueprint.route("/discoveries/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@requires(Permission.KEEP_ROUNDS, round_from_url)
def edit_round(of_round: Round) -> Any:
    """Other days, another name."""
    identity, now = current_identity(), clock.now()
    form = RoundForm(data=_values(of_round))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_round(
            db.session, of_round, form.to_details(), version=form.opened_version, actor=identity, now=now
        )
    ):
        flash("차수를 고쳤습니다.", "ok")
        return redirect(url_for("discoveries.show_round", round_id=of_round.id))
    return _form(form, of_round)


def _values(of_round: Round) -> dict[str, Any]:
    return {
        "version": str(of_round.version), "source": of_round.source.value, "title": of_round.title,
        "opens_on": of_round.opens_on, "closes_on": of_round.closes_on,
    }  # fmt: skip


def _form(form: RoundForm, of_round: Round | None) -> Response:
    is_conflict = form.broken is not None and form.broken.code == "CONFLICT"
    if is_conflict and of_round is not None:
        form.version.data = str(of_round.version)
    stored = of_round if is_conflict else None
    page = render_template("discoveries/edit_round.html", form=form, of_round=of_round, stored=stored)
    return make_response(page, form.status)
