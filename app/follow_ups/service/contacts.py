"""Add what happened, and the promise made at it; take back what did not happen so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.accounts.queries import supervisor_ids
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.core.clock import korean_date
from app.follow_ups import queries
from app.follow_ups.models import ContactRow, RuleVersionRow, TermRow
from app.follow_ups.rules import AbsenceAnswer, ContactMode, Profession, Purpose
from app.follow_ups.service.promises import REPLACED
from app.follow_ups.service.refreshing import refresh
from app.households.models import Household


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """One contact. `contact_id` is the id of the record that reports it, so that telling it twice is harmless."""

    contact_id: UUID
    occurred_on: date
    mode: ContactMode
    purpose: Purpose
    member_ids: frozenset[int] = frozenset()
    happened_at: datetime | None = None
    """The moment where it is known: it puts several contacts of one day in order."""


@dataclass(frozen=True, slots=True)
class Promise:
    """약속: «I will come on that day», with what was promised."""

    on: date
    note: str = ""
    by: Profession = Profession.WORKER


def record_contact(
    session: Session,
    household: Household,
    details: ContactDetails,
    *,
    promised: Promise | None = None,
    record_id: UUID | None = None,
    by_id: int | None,
    now: datetime,
) -> ContactRow:
    """Add a contact, and the promise made at it, and refresh everything they change; the same id again changes nothing.

    A new promise (약속 방문) takes the place of an open one; on a joint visit each profession has its own.
    """
    if _is_told(session, details.contact_id):
        return session.get_one(ContactRow, details.contact_id)
    contact = ContactRow(
        id=details.contact_id,
        record_id=record_id or details.contact_id,
        household_id=household.id,
        occurred_on=details.occurred_on,
        mode=details.mode,
        purpose=details.purpose,
        by_id=by_id,
        member_ids=sorted(details.member_ids),
        happened_at=details.happened_at,
        recorded_at=now,
    )
    session.add(contact)
    if promised is not None:
        _promise(session, household, promised, made_on=details.occurred_on, by_id=by_id, now=now)
    session.flush()
    refresh(session, household, today=korean_date(now))
    return contact


def promise_visit(
    session: Session, household: Household, promised: Promise, *, made_on: date, by_id: int | None, now: datetime
) -> None:
    """Add a promise made at a contact that is told already, and refresh what it changes."""
    _promise(session, household, promised, made_on=made_on, by_id=by_id, now=now)
    session.flush()
    refresh(session, household, today=korean_date(now))


_TOLD = select(ContactRow.id).where(ContactRow.id == bindparam("contact_id"))


def _is_told(session: Session, contact_id: UUID) -> bool:
    """Whether this contact is there already; asked without a flush, so that the record and its contact go in one."""
    return session.connection().execute(_TOLD, {"contact_id": contact_id}).first() is not None


def _promise(
    session: Session, household: Household, promised: Promise, *, made_on: date, by_id: int | None, now: datetime
) -> None:
    """Add a promise. It closes those made before it; one that is typed late does not close a newer one."""
    district_id = queries.district_of(session, household)
    rule = queries.get_rule_in_force(session, "PROMISE", district_id=district_id, on=max(made_on, korean_date(now)))
    known = (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(TermRow.household_id == household.id, RuleVersionRow.code == rule.code)
    )
    newer_on = None
    for term in session.scalars(known):
        if term.starts_on > made_on:
            newer_on = min(term.starts_on, newer_on or term.starts_on)
        elif term.closed_on is None and (term.starts_on != made_on or term.promised_by in (None, promised.by)):
            term.closed_on, term.ended_because = made_on, REPLACED
    session.add(
        TermRow(
            household_id=household.id,
            rule_version_id=rule.id,
            starts_on=made_on,
            closed_on=newer_on,
            ended_because=REPLACED if newer_on else "",
            promised_on=promised.on,
            made_on=made_on,
            note=promised.note,
            promised_by=promised.by,
            set_by_id=by_id,
            set_at=now,
        )
    )


def void_contacts_of(session: Session, household: Household, record_id: UUID, *, now: datetime) -> None:
    """Let what a record told count for nothing, because a correction says that it did not happen so; the rows stay."""
    session.execute(
        update(ContactRow)
        .where(ContactRow.record_id == record_id, ContactRow.voided_at.is_(None))
        .values(voided_at=now)
    )
    refresh(session, household, today=korean_date(now))


def alert_absences(session: Session, household: Household, *, now: datetime) -> AbsenceAnswer | None:
    """Tell the supervisor when vain tries reach a step that wants it, once per step; returns where the household stands.

    A try after a decision reaches the step anew: it is told once more.
    """
    answer = queries.absence_step(session, household, today=korean_date(now))
    if answer is not None and answer.alerts_supervisor and answer.ruling is None:
        decided = queries.count_decided_tries(session, household.id, first_try_on=answer.first_try_on)
        again = f":{decided}" if decided else ""
        raise_alert(
            session,
            AlertKind.ABSENCE_STEP,
            subject=f"absence:{household.id}:{answer.first_try_on}:{answer.step_number}{again}",
            recipient_ids=supervisor_ids(session, household.centre_id),
            text=f"{household.number} {answer.because[0].text}",
            household_id=household.id,
            now=now,
        )
    return answer
