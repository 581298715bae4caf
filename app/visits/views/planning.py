"""Plan a visit by a tap on a slot, move it, cancel it, take the last change back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts.models import Account
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.core.errors import NotFound, StaleRecord
from app.extensions import db
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import Profession, in_order
from app.households.models import Household
from app.households.rules import FlagRule
from app.visits import queries, service
from app.visits.forms.planning import MoveForm, PlanForm, ReasonForm, SlotForm
from app.visits.models import PlannedVisit
from app.visits.queries.plan_board import see_board
from app.visits.rules import LENGTHS, USUAL_MINUTES, Slot, purpose_of, when_words
from app.visits.views.blueprint import blueprint, household_from_url
from app.web.security import current_identity, requires, safe_next

MAY_BE_ALLOWED = ("ALONE", "POLICE")
"""Refusals about which one may ask the supervisor."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose day a visit is planned into, for how long, and which days are looked at: all of it stands in the address."""

    people: list[Account]
    """Whose day one may fill."""
    person: Account
    colleagues: list[Account]
    """Who may go along."""
    minutes: int
    first_on: date | None

    @property
    def profession(self) -> Profession:
        return Profession.NURSE if self.person.role is Role.NURSE else Profession.WORKER


@blueprint.route("/households/<int:household_id>/plan", methods=["GET", "POST"])
@requires(Permission.PLAN_VISIT, household_from_url, records=Action.VIEW)
def plan_visit(household: Household) -> Any:
    """Choose an hour for a household; one tap plans it."""
    identity, now = current_identity(), clock.now()
    desk = _desk(household, identity, _responsible(household, identity))
    begun = {"planned_id": str(new_id()), "purpose": purpose_of(desk.profession).value}
    form = PlanForm(data=begun)
    form.offer(desk.colleagues)
    if form.validate_on_submit() and _planned(form, household, desk, identity, now):
        return _done(form.outcome, "방문을 잡았습니다", undo=True)
    return _page("visits/plan.html", household, form, desk, None, now)


def _planned(form: PlanForm, household: Household, desk: Desk, identity: Identity, now: datetime) -> bool:
    details = form.to_details(_uuid(form.planned_id.data), form.to_slot(desk.person.id, desk.minutes))
    confirmed = _overruled()
    return _carried_out(
        form, lambda: service.plan_visit(
            db.session, household, details, confirmed=confirmed, actor=identity, now=now
        )
    )  # fmt: skip


def planned_from_url(session: Session, identity: Identity, *, planned_id: UUID) -> PlannedVisit:
    """The planned visit of the URL, or 404."""
    return queries.get_planned(session, identity, planned_id)


@blueprint.route("/planned-visits/<uuid:planned_id>/move", methods=["GET", "POST"])
@requires(Permission.PLAN_VISIT, planned_from_url, records=Action.VIEW)
def move_visit(planned: PlannedVisit) -> Any:
    """Choose another hour, and say why; what somebody else did meanwhile is shown and nothing is lost."""
    identity, now = current_identity(), clock.now()
    household = household_from_url(db.session, identity, household_id=planned.household_id)
    desk = _desk(household, identity, planned.assignee_id, minutes=planned.minutes)
    form = MoveForm(
        data={
            "version": str(planned.version),
            "companion_id": str(planned.companion_id or ""),
            "companion_name": planned.companion_name,
        }
    )
    form.offer(desk.colleagues)
    if form.validate_on_submit() and _moved(form, planned, desk, identity, now):
        return _done(planned, "방문을 옮겼습니다", undo=True)
    _settle(form, planned)
    return _page("visits/plan_move.html", household, form, desk, planned, now)


def _moved(form: MoveForm, planned: PlannedVisit, desk: Desk, identity: Identity, now: datetime) -> bool:
    to, confirmed = form.to_slot(desk.person.id, desk.minutes), _overruled()
    return _carried_out(
        form, lambda: service.move_visit(
            db.session, planned, to, change=form.reason, note=form.words.data or "", version=form.opened_version,
            confirmed=confirmed, actor=identity, now=now,
        )
    )  # fmt: skip


@blueprint.route("/planned-visits/<uuid:planned_id>/cancel", methods=["GET", "POST"])
@requires(Permission.PLAN_VISIT, planned_from_url, records=Action.VIEW)
def cancel_visit(planned: PlannedVisit) -> Any:
    """Take a visit out of the calendar, with the reason."""
    identity, now = current_identity(), clock.now()
    form = ReasonForm(data={"version": str(planned.version)})
    if form.validate_on_submit() and _carried_out(
        form,
        lambda: service.cancel_visit(
            db.session, planned, change=form.reason, note=form.words.data or "", version=form.opened_version,
            actor=identity, now=now,
        ),
    ):  # fmt: skip
        return _done(planned, "방문을 취소했습니다", undo=True)
    _settle(form, planned)
    page = render_template(
        "visits/plan_cancel.html", planned=planned, household=planned.household, form=form, back=_back(planned)
    )
    return make_response(page, form.status)


@blueprint.post("/planned-visits/<uuid:planned_id>/undo")
@requires(Permission.PLAN_VISIT, planned_from_url)
def undo_plan(planned: PlannedVisit) -> Any:
    """Take the last change back; when somebody changed it since, that is said and nothing happens."""
    form = ReasonForm()
    if not form.carries_out(
        lambda: service.undo_change(
            db.session, planned, version=form.opened_version, actor=current_identity(), now=clock.now()
        )
    ):
        db.session.refresh(planned)
        said = form.broken.text if form.broken else ""
        flash(said, "warn")
        return redirect(_back(planned))
    return _done(planned, "되돌렸습니다", undo=False)


def _carried_out(form: Any, verb: Any) -> bool:
    """Do it; what the rules found stands at its fields afterwards."""
    try:
        return bool(form.carries_out(verb))
    finally:
        form.show_all(getattr(form.broken, "problems", ()))


def _done(planned: PlannedVisit, what: str, *, undo: bool) -> Response:
    """Say it, with a way to take it back, and go where one came from."""
    when = when_words(planned.planned_on, planned.planned_at)
    said = {"text": f"{what}: {when}"}
    if undo:
        said |= {"undo_url": url_for("visits.undo_plan", planned_id=planned.id), "version": str(planned.version)}
    flash(said, "ok")  # type: ignore[arg-type]
    return make_response(redirect(_back(planned)))


def _back(planned: PlannedVisit) -> str:
    """Where one came from, or the week the visit stands in."""
    asked = request.args.get("next") or request.form.get("next")
    return safe_next(asked) or url_for("calendars.week", on=planned.planned_on.isoformat())


def _settle(form: Any, planned: PlannedVisit) -> None:
    """After somebody else was quicker: the form stands on what they left, and keeps what was chosen here."""
    if form.broken is not None:
        db.session.refresh(planned)
        form.stand_on(planned.version)


def _page(
    template: str, household: Household, form: SlotForm, desk: Desk, planned: PlannedVisit | None, now: datetime
) -> Response:
    companion = next((one.id for one in desk.colleagues if str(one.id) == form.companion_id.data), None)
    on, at = (planned.planned_on, planned.planned_at) if planned else (clock.korean_date(now), None)
    slot = Slot(on, at, desk.person.id, companion, desk.minutes)
    wanted = queries.engagement_for(household, slot, planned.id if planned else None)
    board = see_board(db.session, household, wanted, profession=desk.profession, first_on=desk.first_on, now=now)
    flags = [flag for flag in household.flags if flag.is_standing]
    page = render_template(
        template, household=household, form=form, desk=desk, planned=planned, board=board, flags=flags,
        today=clock.korean_date(now), lengths=LENGTHS, is_pair=any(flag.rule in (FlagRule.PAIR, FlagRule.POLICE) for flag in flags),
        may_ask=any(problem.code in MAY_BE_ALLOWED for problem in getattr(form.broken, "problems", ())),
        is_stale=isinstance(form.broken, StaleRecord), address=_address,
        back=safe_next(request.args.get("next")) or url_for("timelines.household", household_id=household.id),
    )  # fmt: skip
    return make_response(page, form.status)


def _desk(household: Household, identity: Identity, usual_id: int | None, *, minutes: int = USUAL_MINUTES) -> Desk:
    going = list(queries.list_going(db.session, household.centre_id))
    people = _may_be_filled(going, identity, usual_id)
    if not people:
        raise NotFound
    wanted = request.args.get("who", usual_id, type=int)
    person = next((one for one in people if one.id == wanted), people[0])
    chosen = request.args.get("minutes", minutes, type=int)
    return Desk(
        people, person, [one for one in going if one.id != person.id],
        chosen if chosen in {*LENGTHS, minutes} else minutes, _asked_day("from"),
    )  # fmt: skip


def _may_be_filled(going: list[Account], identity: Identity, usual_id: int | None) -> list[Account]:
    """A supervisor fills anybody's day, the others their own and those they cover; what stands may stay as it is."""
    if identity.role is Role.SUPERVISOR:
        return going
    return [one for one in going if one.id in identity.acting_for or (one.id == usual_id)]


def _responsible(household: Household, identity: Identity) -> int | None:
    """Whose visit it would be: one's own; for a supervisor that of whoever's due presses most."""
    if identity.role is not Role.SUPERVISOR:
        return identity.account_id
    dues = in_order(list_dues(db.session, household, today=clock.today()))
    first = next(iter(dues), None)
    by_duty = {Profession.NURSE: household.nurse_id, Profession.WORKER: household.worker_id}
    return (by_duty[first.profession] if first else None) or household.worker_id or household.nurse_id


def _asked_day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _overruled() -> list[str]:
    """Keys of the warnings the person saw and overruled; another slot tapped beside them overrules nothing."""
    return request.form.getlist("confirmed") if request.form.get("overrule") else []


def _address(**changes: Any) -> str:
    """This page with something in its address changed; what is None is taken out."""
    kept = {**(request.view_args or {}), **request.args.to_dict(), **changes}
    return url_for(request.endpoint or "", **{name: value for name, value in kept.items() if value is not None})


def _uuid(text: str | None) -> UUID:
    """The id the page made; nonsense in the hidden field is replaced, never an error."""
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()
