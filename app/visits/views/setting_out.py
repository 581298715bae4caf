"""The stamps at the door beside the form of a record: what they begin with, what they propose, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.access.identity import Identity
from app.accounts.queries import list_colleagues
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.households.models import Household
from app.households.rules import FlagRule
from app.safety import queries as safety
from app.safety.forms import CheckInForm
from app.safety.models import Outing
from app.safety.rules import USUAL_MINUTES, Company, Refusal, asks_why_alone, refusal_of
from app.safety.service import leave_with_record
from app.visits.models import Visit
from app.visits.queries.setting_out import find_plan_of
from app.visits.views.drafts import typed_values

NO_VISIT = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Door:
    """What the panel «도착 · 방문 시작» shows."""

    form: CheckInForm
    outing: Outing | None
    """The stamps that belong to the record, open or ended."""
    rule: FlagRule | None
    refusal: Refusal | None
    """Why nobody goes there alone; None where it was allowed for today, or always is."""
    is_elsewhere: bool
    """Whether this person stands at another door."""
    asks_why_alone: bool


def find_stamps(household: Household, identity: Identity, visit_id: UUID | None = None) -> Outing | None:
    """The outing this record is written on: the one begun with it, or one open at this door."""
    return safety.find_outing_of_visit(db.session, identity, household.id, visit_id or NO_VISIT)


def door_of(household: Household, form: Any, identity: Identity, now: datetime) -> Door:
    """The panel above the form of a record."""
    outing, here = (
        find_stamps(household, identity, typed_values(form, now)[0]),
        safety.find_own_outing(db.session, identity),
    )
    rule, on = safety.rule_of(household), clock.korean_date(now)
    override = safety.find_override(db.session, household.id, identity.account_id or 0, on=on) if rule else None
    return Door(
        form=_check_in_form(household, form, identity, now),
        outing=outing,
        rule=rule,
        refusal=refusal_of(rule, Company(), is_allowed=override is not None),
        is_elsewhere=here is not None and here.household_id != household.id,
        asks_why_alone=asks_why_alone(rule, Company()),
    )


def _check_in_form(household: Household, form: Any, identity: Identity, now: datetime) -> CheckInForm:
    """As it was planned: the length of the visit, and who goes along."""
    own_id = identity.account_id or 0
    plan = find_plan_of(db.session, household.id, own_id, on=clock.korean_date(now))
    minutes = plan.minutes if plan else USUAL_MINUTES
    other_id = (plan.assignee_id if plan.companion_id == own_id else plan.companion_id) if plan else None
    begun = CheckInForm(
        formdata=None,
        prefix="out-",
        data={
            "outing_id": str(new_id()), "visit_id": form.visit_id.data, "minutes": str(minutes),
            "companion_id": str(other_id or ""), "companion_name": plan.companion_name if plan else "",
        },
    )  # fmt: skip
    people = list_colleagues(db.session, frozenset({household.centre_id}))
    begun.offer([one for one in people if one.id != own_id], minutes)
    return begun


def stamped_values(household: Household, identity: Identity) -> dict[str, Any]:
    """What the stamps propose to a record that is begun now: its id, its hours, and who went along."""
    outing = find_stamps(household, identity)
    if outing is None:
        return {}
    began = clock.korean_time(outing.started_at)
    values: dict[str, Any] = {
        "began": began.time().replace(second=0, microsecond=0), "occurred_on": began.date(),
        "companion_ids": [outing.companion_id] if outing.companion_id else [],
        "companion_name": outing.companion_name, "alone_because": outing.alone_because,
    }  # fmt: skip
    is_free = outing.visit_id is not None and db.session.get(Visit, outing.visit_id) is None
    return values | ({"visit_id": str(outing.visit_id)} if is_free else {})


def propose_end(form: Any, household: Household, identity: Identity, visit_id: UUID) -> None:
    """The end of the record is the second stamp, where nobody typed another."""
    outing = find_stamps(household, identity, visit_id)
    if outing is not None and outing.ended_at is not None and form.ended.data is None:
        form.ended.data = clock.korean_time(outing.ended_at).time().replace(second=0, microsecond=0)


def leave(household: Household, form: Any, identity: Identity, now: datetime) -> None:
    """The record is submitted: the outing it was written on ends with it, unless they say otherwise.

    It belongs to the record that came of the form, which on a joint visit is the colleague's.
    """
    stays = "stays_out" in form and bool(form.stays_out.data)
    leave_with_record(db.session, household, form.outcome.id, stays=stays, actor=identity, now=now)
