"""사례회의: those to come, those whose minutes wait, those that are confirmed; planning one."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.queries import list_centres
from app.conferences import queries, service
from app.conferences.forms import ConferenceForm
from app.conferences.rules import ConferenceKind, State
from app.conferences.views.blueprint import blueprint
from app.core import clock
from app.core.errors import NotAllowed
from app.core.keys import key_typed
from app.extensions import db
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires

PER_PAGE = 20


@blueprint.get("/conferences")
@requires(Permission.SEE_CASES)
def list_conferences() -> Any:
    """Conferences of the scope by how far they are; `?centre=` and `?kind=` narrow."""
    identity, today, after = current_identity(), clock.today(), asked_key()
    wanted: dict[str, Any] = {"centre_id": _asked_centre(), "kind": _asked_kind()}
    rows = queries.list_confirmed(db.session, identity, **wanted, after=after, limit=PER_PAGE)
    page = Page(rows[:PER_PAGE], str(rows[PER_PAGE - 1].id) if len(rows) > PER_PAGE else None, after is None)
    open_ones = queries.list_open(db.session, identity, **wanted)
    by_state = {state: [each for each in open_ones if queries.state_of(each, today=today) is state] for state in State}
    return render_template(
        "conferences/list.html", page=page, coming=by_state[State.COMING], unwritten=by_state[State.MINUTES],
        today=today, centres=list_centres(db.session, identity), kinds=list(ConferenceKind), holds=_holds(identity),
        shown=lambda row: queries.shown_items(identity, row), **wanted,
    )  # fmt: skip


@blueprint.route("/conferences/new", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def new_conference() -> Any:
    """Plan a conference; what the last of its kind put off is on its agenda."""
    identity, now = current_identity(), clock.now()
    if not _holds(identity):
        raise NotAllowed
    centres = list_centres(db.session, identity)
    asked = _asked_centre() or identity.centre_id or centres[0].id
    form = ConferenceForm(data={"centre": str(asked), "held_on": clock.korean_date(now)})
    form.offer_centres(centres)
    form.offer_staff(_staff(form, identity, asked))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.plan_conference(db.session, form.to_details(), actor=identity, now=now)
    ):
        flash("회의를 잡았습니다. 안건을 올려 주세요.", "ok")
        return redirect(url_for("conferences.choose_cases", conference_id=form.outcome.id))
    page = render_template("conferences/new.html", form=form, centres=centres)
    return make_response(page, form.status)


def _staff(form: ConferenceForm, identity: Identity, asked: int) -> Any:
    chosen = key_typed(form.centre.data) or asked
    return queries.list_staff(db.session, centre_id=chosen, district_id=identity.district_id)


def _holds(identity: Identity) -> bool:
    """Whether somebody may hold a conference of any centre of their scope."""
    return any(can(identity, Permission.HOLD_CONFERENCE, _Seat(key)) for key in identity.centre_ids)


class _Seat:
    """A centre as the policy asks about it."""

    def __init__(self, centre_id: int) -> None:
        self.centre_id = centre_id


def _asked_centre() -> int | None:
    """The centre the address names, if it is one of the scope; what it says wrongly narrows nothing."""
    key = key_typed(request.args.get("centre"))
    return key if key in current_identity().centre_ids else None


def _asked_kind() -> ConferenceKind | None:
    kind = request.args.get("kind", "")
    return ConferenceKind(kind) if kind in ConferenceKind.__members__ else None
