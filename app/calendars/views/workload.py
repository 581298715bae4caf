"""업무량: what the coming four weeks ask of everybody, and whether it fits. Every number opens its rows."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts.models import Account
from app.accounts.queries import list_centres
from app.assignments.rules import Duty
from app.audit import service as audit
from app.audit.rules import Action
from app.calendars.forms.workload import CapacityForm
from app.calendars.queries.workload import PersonLoad, Workload, see_workload
from app.calendars.queries.workload_capacity import day_of, get_visiting_account, list_capacity_changes, usual
from app.calendars.queries.workload_rows import list_rows, pick_tasks
from app.calendars.queries.workload_tasks import duty_of
from app.calendars.rules.workload import Slice
from app.calendars.service.workload import set_capacity
from app.core import clock
from app.core.errors import NotFound
from app.core.keys import key_typed
from app.extensions import db
from app.web.security import current_identity, requires

blueprint = Blueprint("workload", __name__)
NOBODY = "none"
Choice = TypeVar("Choice", bound=StrEnum)


@blueprint.get("/workload")
@requires(Permission.SEE_WORKLOAD)
def board() -> Any:
    """A supervisor sees the people of the centre, the 시군구 its centres and the people of one."""
    identity = current_identity()
    centre_id = _centre(identity)
    workload = see_workload(db.session, identity, today=clock.today(), centre_ids=_only(centre_id))
    by_centre = identity.role is Role.DISTRICT and centre_id is None
    return render_template(
        "calendars/workload_centres.html" if by_centre else "calendars/workload.html",
        workload=workload, teams={duty: workload.of_duty(duty) for duty in Duty}, centre_id=centre_id,
        centres=list_centres(db.session, identity) if identity.role is Role.DISTRICT else [], usual=usual(),
    )  # fmt: skip


def person_from_url(session: Session, identity: Identity, *, account_id: int) -> Account:
    """Somebody in scope who visits, or 404."""
    return get_visiting_account(session, identity, account_id)


@blueprint.get("/workload/people/<int:account_id>")
@requires(Permission.SEE_WORKLOAD, person_from_url)
def person(account: Account) -> Any:
    """One person's weeks with all their parts, and how many visits fit into a day."""
    return _person_page(account, CapacityForm(formdata=None, data={"visits_per_day": account.visits_per_day}))


@blueprint.post("/workload/people/<int:account_id>/capacity")
@requires(Permission.SET_CAPACITY, person_from_url)
def change_capacity(account: Account) -> Any:
    """Say how many visits fit into this person's day."""
    form = CapacityForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: set_capacity(db.session, account, form.visits_per_day.data, actor=current_identity(), now=clock.now())
    ):
        flash(f"하루 {day_of(account)}회로 계산합니다." if form.outcome else "바뀐 것이 없습니다.", "ok")
        return redirect(url_for("workload.person", account_id=account.id))
    return make_response(_person_page(account, form), form.status)


def _person_page(account: Account, form: CapacityForm) -> str:
    identity = current_identity()
    workload = see_workload(db.session, identity, today=clock.today(), centre_ids=_only(account.centre_id))
    return render_template(
        "calendars/workload_person.html",
        account=account, duty=duty_of(account.role), load_of=_load_of(workload, account), workload=workload, form=form,
        usual=usual()[account.role], changes=list_capacity_changes(db.session, account), parts=Slice,
    )  # fmt: skip


def _load_of(workload: Workload, account: Account) -> PersonLoad | None:
    """None for a supervisor who holds nothing."""
    people = (one for team in workload.teams for one in team.people)
    return next((one for one in people if one.account is account), None)


@blueprint.get("/workload/rows")
@requires(Permission.SEE_WORKLOAD)
def rows() -> Any:
    """Exactly what one number counts."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    duty, part = _chosen(Duty, "duty", Duty.NURSE), _chosen(Slice, "part", Slice.LOAD)
    place, whose = request.args.get("week", 0, type=int), request.args.get("person")
    centre_id = _centre(identity)
    workload = see_workload(db.session, identity, today=today, centre_ids=_only(centre_id))
    person_id = key_typed(whose) or None
    if whose and whose != NOBODY and person_id is None:
        raise NotFound
    tasks = pick_tasks(workload, duty, part, place, person_id=person_id, anybody=not whose)
    found = list_rows(db.session, identity, tasks, duty, workload, place, today=today)
    page = render_template(
        "calendars/workload_rows.html", rows=found, duty=duty, part=part, week=workload.weeks[place], place=place,
        account=_account_of(workload, person_id), is_nobody=whose == NOBODY, centre_id=centre_id,
    )  # fmt: skip
    shown = [row.line.id for row in found]
    audit.record_list(db.session, Action.LIST, shown, subject="workload", actor=identity, now=now)
    return page


def _account_of(workload: Workload, person_id: int | None) -> Account | None:
    people = (one.account for team in workload.teams for one in team.people if one.account)
    return next((account for account in people if account.id == person_id), None)


def _centre(identity: Identity) -> int | None:
    """The centre in the address, or None for the whole scope.

    Raises:
        NotFound: a centre out of scope.
    """
    wanted = request.args.get("centre", type=int)
    if wanted is not None and wanted not in identity.centre_ids:
        raise NotFound
    return wanted


def _only(centre_id: int | None) -> list[int] | None:
    return None if centre_id is None else [centre_id]


def _chosen(choices: type[Choice], name: str, otherwise: Choice) -> Choice:
    wanted = request.args.get(name, "")
    return choices(wanted) if wanted in set(choices) else otherwise
