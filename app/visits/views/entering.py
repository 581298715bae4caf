"""What the visit form begins with, and what stands beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import request

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.assessments.queries import beside_visit
from app.attachments.queries import list_of_visit
from app.care.forms import care_section
from app.care.queries import offer_care
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.follow_ups.queries import compute_dues, list_dues, working_days_for
from app.follow_ups.rules import Contact, ContactMode, Profession, Purpose
from app.follow_ups.rules.dues import in_order
from app.households.models import Household
from app.visits import queries
from app.visits.forms import STABLE_FIELDS, TOLD, VisitForm, as_offered, visit_form
from app.visits.models import Visit
from app.visits.rules import (
    Arm,
    NextDay,
    Position,
    PromiseMade,
    VisitState,
    VitalKind,
    as_hints,
    day_to_check,
    next_days,
    promises_of,
)
from app.visits.views.drafts import draft_values, stored_version, typed_values
from app.visits.views.setting_out import door_of, propose_end, stamped_values

LOOKED_BACK = 12
"""Records looked through for the last visit and what was promised."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """What the last visit left for this one."""

    records: list[queries.VisitRecord]
    """Newest first, absences among them."""
    promises: list[PromiseMade]
    told: queries.SharedLine | None
    """The other profession's newest line."""

    @property
    def visit(self) -> queries.VisitRecord | None:
        """The newest visit face to face; where there is none, the newest record that is no absence."""
        met = [each for each in self.records if each.state is VisitState.SUBMITTED]
        return next((each for each in met if each.mode is ContactMode.FACE), met[0] if met else None)

    @property
    def since(self) -> str:
        """What was recorded after it: «그 뒤 전화-통화 1번, 부재 2번»; empty for nothing."""
        newer = self.records[: self.records.index(self.visit)] if self.visit else self.records
        counts = Counter("부재" if each.state is VisitState.ABSENT else each.mode.label for each in newer)
        told = ", ".join(f"{words} {times}번" for words, times in counts.items())
        return f"그 뒤 {told}" if told and self.visit else told


def profession_of(identity: Identity) -> Profession:
    """Whose dues somebody's visits serve."""
    return Profession.NURSE if identity.role is Role.NURSE else Profession.WORKER


def purpose_of(identity: Identity) -> Purpose:
    """What somebody usually goes for."""
    return Purpose.NURSING if identity.role is Role.NURSE else Purpose.WELFARE


def present(household: Household) -> list[Any]:
    """The members who live there now."""
    return [member for member in household.members if member.is_present]


def writes_health(identity: Identity, household: Household) -> bool:
    """Whether the form has a part for vitals and the nursing note."""
    return can(identity, Permission.WRITE_NURSING_NOTE, household)


def companions(household: Household, identity: Identity) -> list[queries.Companion]:
    """Who may go along."""
    return queries.list_companions(db.session, identity, household.centre_id)


def begin_form(household: Household, identity: Identity, now: datetime, draft: Any) -> VisitForm:
    """The visit form as it begins, or as a draft of it was left."""
    members = present(household)
    measured = tuple(member.id for member in members) if writes_health(identity, household) else ()
    offer = offer_care(db.session, identity, household, members=members, sent=filled_names(draft))
    kind = visit_form(measured, care_section(offer))
    defaults = {
        "visit_id": str(draft.id if draft else _named_visit() or new_id()),
        "typed_at": (draft.started_at if draft else now).isoformat(),
        "mode": _asked_mode(),
        "purpose": purpose_of(identity).value,
        "occurred_on": clock.korean_date(now),
        "began": clock.korean_time(now).time().replace(second=0, microsecond=0),
        "members_seen": [members[0].id] if len(members) == 1 else [],
    }
    if request.method != "POST":
        defaults |= _as_last_time(household, measured)
        defaults |= {} if draft else stamped_values(household, identity)
    form = kind(draft_values(draft), data=defaults) if draft else kind(data=defaults)
    if draft is not None:
        propose_end(form, household, identity, draft.id)
    form.offer(members, companions(household, identity))
    form.offer_care(offer)
    return form


def filled_names(draft: Any = None) -> set[str]:
    """The names of the fields that hold something: what was sent, or what a draft keeps."""
    sent = request.form.items() if request.method == "POST" else (draft.body.items() if draft else ())
    return {name for name, value in sent if value}


def _as_last_time(household: Household, measured: tuple[int, ...]) -> dict[str, Any]:
    """The arm and posture of the last blood pressure, and what stays the same; nothing of it counts before it is sent."""
    carried = queries.last_carried(db.session, household)
    offered = {field: as_offered(carried.get(name)) for field, name in STABLE_FIELDS.items()}
    last = queries.last_readings(db.session, measured) if measured else {}
    return offered | {
        f"m{member_id}": _taken_how(last.get((member_id, VitalKind.BLOOD_PRESSURE))) for member_id in measured
    }


def _taken_how(row: Any) -> dict[str, str]:
    """As the guideline has it, sitting; the right arm where the last one is not known."""
    arm, position = (row.arm, row.position) if row else (None, None)
    return {"arm": (arm or Arm.RIGHT).value, "position": (position or Position.SITTING).value}


def _asked_mode() -> str:
    """What a link says it was (`?mode=CALL`); face to face otherwise."""
    wanted = request.args.get("mode", "")
    return wanted if wanted in {mode.value for mode in TOLD} else ContactMode.FACE.value


def _named_visit() -> UUID | None:
    """The id a link names (`?visit=…`): something was asked under it before the first word was written."""
    try:
        named = UUID(request.args.get("visit", ""))
    except ValueError:
        return None
    return None if db.session.get(Visit, named) else named


def page_of(household: Household, form: VisitForm, identity: Identity, now: datetime, draft: Any) -> dict[str, Any]:
    """Everything the page of the visit form shows."""
    on = clock.korean_date(now)
    members, measures = present(household), writes_health(identity, household)
    proposals = propose(household, identity, now)
    return {
        "household": household,
        "form": form,
        "door": door_of(household, form, identity, now),
        "draft": draft,
        "draft_version": stored_version(identity, form, now),
        "members": members,
        "writes_health": measures,
        "previous": queries.last_readings(db.session, [m.id for m in members]) if measures else {},
        "judgements": as_hints(queries.judgements_in_force(db.session, on)) if measures else None,
        "dues": list_dues(db.session, household, today=on),
        "proposals": proposals,
        "proposed_on": _own_day(proposals, identity, on),
        "next_days": _days_to_tap(household, proposals, identity, on),
        "last_time": _last_time(household, identity, on),
        "reads_health": can(identity, Permission.READ_NURSING_NOTE, household),
        "beside": beside_visit(db.session, household, typed_values(form, now)[0], identity, today=on),
        "photos": list_of_visit(db.session, identity, household.id, typed_values(form, now)[0]),
    }


def propose(household: Household, identity: Identity, now: datetime) -> list[Any]:
    """What would be due next if everybody were seen today: the engine's proposal, one's own profession first."""
    on = clock.korean_date(now)
    seen = Contact(on, ContactMode.FACE, purpose_of(identity), frozenset(member.id for member in present(household)))
    dues = compute_dues(db.session, [household.id], district_id=household.centre.district_id, today=on, also=seen)
    own = profession_of(identity)
    return sorted(in_order(dues.get(household.id, [])), key=lambda due: due.profession is not own)


def proposed_day(household: Household, identity: Identity, now: datetime) -> date | None:
    """The day the engine proposes to this person's profession; None when nothing of theirs lies ahead."""
    return _own_day(propose(household, identity, now), identity, clock.korean_date(now))


def _own_day(proposals: list[Any], identity: Identity, today: date) -> date | None:
    own = (due.due_on for due in proposals if due.profession is profession_of(identity))
    return next((on for on in own if on and on > today), None)


def _days_to_tap(household: Household, proposals: list[Any], identity: Identity, today: date) -> tuple[NextDay, ...]:
    days = working_days_for(db.session, household.centre.district_id)
    check = day_to_check(today=today, working_days=days) if identity.role is Role.NURSE else None
    offered = next_days(_own_day(proposals, identity, today), today=today, working_days=days)
    return (check, *offered) if check else offered


def _last_time(household: Household, identity: Identity, today: date) -> LastTime:
    records = queries.list_visits(db.session, household.id, limit=LOOKED_BACK)
    other = Profession.WORKER if profession_of(identity) is Profession.NURSE else Profession.NURSE
    told = queries.last_shared_line(db.session, household.id, of=other)
    return LastTime(records, promises_of(records, today=today), told)
