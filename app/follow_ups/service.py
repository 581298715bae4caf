"""Change what is due: set terms, record contacts, and refresh the stored answers in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.queries import supervisor_ids
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.follow_ups import queries
from app.follow_ups.models import ContactRow, Obligation, RuleVersionRow, TermRow
from app.follow_ups.rules import (
    AbsenceAnswer,
    AbsenceLadder,
    CareGroup,
    ContactMode,
    Profession,
    Purpose,
    Quota,
    family_of,
    last_seen_on,
    vain_tries,
    window_of,
)
from app.households.models import Household, Member
from app.households.rules import HouseholdStatus

REVIEW = "NURSE_GROUP_REVIEW"


@dataclass(frozen=True, slots=True)
class TermDetails:
    """A term as somebody sets it. `promised_on` is for ONCE, `event_on` for rules that start from an event."""

    code: str
    starts_on: date
    member_id: int | None = None
    promised_on: date | None = None
    event_on: date | None = None
    ends_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """One contact. `contact_id` is the id of the record that reports it, so that telling it twice is harmless."""

    contact_id: UUID
    occurred_on: date
    mode: ContactMode
    purpose: Purpose
    member_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Promise:
    """약속: «I will come on that day», with what was promised."""

    on: date
    note: str = ""
    by: Profession = Profession.WORKER


def add_rule_versions(session: Session, rows: Iterable[Mapping[str, Any]]) -> int:
    """Add rule versions that are not there yet; a version in use is never edited. Returns how many were new."""
    known = {(row[0], row[1]) for row in session.execute(select(RuleVersionRow.code, RuleVersionRow.version))}
    fresh = [row for row in rows if (row["code"], row["version"]) not in known]
    session.add_all(RuleVersionRow(**_rule_columns(row)) for row in fresh)
    session.flush()
    return len(fresh)


def _rule_columns(row: Mapping[str, Any]) -> dict[str, Any]:
    until = row.get("effective_until")
    names = (
        "code",
        "version",
        "name",
        "profession",
        "whom",
        "kind",
        "parameters",
        "counts_modes",
        "counts_purposes",
        "shift",
    )
    return {name: row[name] for name in names} | {
        "lead_days": row.get("lead_days"),
        "source": row["source"],
        "confidence": row["confidence"],
        "effective_from": date.fromisoformat(row["effective_from"]),
        "effective_until": date.fromisoformat(until) if until else None,
    }


def set_term(
    session: Session, household: Household, details: TermDetails, *, actor: Identity, now: datetime
) -> TermRow:
    """Let a rule hold for a household or a member; the one of its family that held before ends the day before.

    Raises:
        RuleBroken: the household is closed, or the member is not of it.
        NotFound: no version of the rule holds on that day.
    """
    _refuse_unfit(household, details)
    rule = queries.get_rule_in_force(session, details.code, on=max(details.starts_on, korean_date(now)))
    _end_family(session, household.id, details)
    term = TermRow(
        household_id=household.id, member_id=details.member_id, rule_version_id=rule.id, starts_on=details.starts_on,
        ends_on=details.ends_on, event_on=details.event_on, promised_on=details.promised_on,
        made_on=korean_date(now) if details.promised_on else None, note=details.note, set_by_id=actor.account_id, set_at=now,
    )  # fmt: skip
    session.add(term)
    session.flush()
    refresh(session, household, today=korean_date(now))
    _record(session, household, f"term:{term.id}", f"{details.code} {details.starts_on}", actor=actor, now=now)
    return term


def set_care_group(
    session: Session, member: Member, group: CareGroup, *, from_on: date, reason: str, actor: Identity, now: datetime
) -> TermRow:
    """Put a member into a care group from a day on; a person decides, with a reason.

    Raises:
        RuleBroken: no reason is given.
    """
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 이 군으로 정하는지 적어 주세요.", field="reason")
    _close_reviews(session, member, on=max(from_on, korean_date(now)))
    details = TermDetails(group.rule_code, from_on, member_id=member.id, note=reason)
    term = set_term(session, member.household, details, actor=actor, now=now)
    if group is CareGroup.INTENSIVE:
        _set_review(session, term, actor=actor, now=now)
    return term


def _set_review(session: Session, term: TermRow, *, actor: Identity, now: datetime) -> None:
    """The group of a member is looked at again when the intensive window ends."""
    quota = queries.engine_rule(term.rule).parameters
    if not isinstance(quota, Quota):
        return
    _first_on, ends_on = window_of(queries.engine_term(term), quota, term.starts_on)
    review = TermDetails(
        REVIEW, term.starts_on, member_id=term.member_id, event_on=ends_on, note="집중관리 기간이 끝남"
    )
    set_term(session, session.get_one(Household, term.household_id), review, actor=actor, now=now)


def _close_reviews(session: Session, member: Member, *, on: date) -> None:
    """Setting a group is the review that was due."""
    reviews = (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(TermRow.member_id == member.id, TermRow.closed_on.is_(None), RuleVersionRow.code == REVIEW)
    )
    for term in session.scalars(reviews):
        term.closed_on = on
    session.flush()


def end_term(session: Session, term: TermRow, *, on: date, because: str, actor: Identity, now: datetime) -> None:
    """End a term; `on` is its last day.

    Raises:
        RuleBroken: no reason is given, or the day is before it began.
    """
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 끝내는지 적어 주세요.", field="because")
    if on < term.starts_on:
        raise RuleBroken("BEFORE_START", "시작한 날보다 앞선 날로 끝낼 수 없습니다.", field="on")
    term.ends_on, term.ended_because = on, because
    household = session.get_one(Household, term.household_id)
    session.flush()
    refresh(session, household, today=korean_date(now))
    _record(session, household, f"term:{term.id}", "끝냄", actor=actor, now=now)


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

    A new promise (약속 방문) takes the place of an open one.
    """
    known = session.get(ContactRow, details.contact_id)
    if known is not None:
        return known
    contact = ContactRow(
        id=details.contact_id,
        record_id=record_id or details.contact_id,
        household_id=household.id,
        occurred_on=details.occurred_on,
        mode=details.mode,
        purpose=details.purpose,
        by_id=by_id,
        member_ids=sorted(details.member_ids),
        recorded_at=now,
    )
    session.add(contact)
    if promised is not None:
        _promise(session, household, promised, made_on=details.occurred_on, by_id=by_id, now=now)
    session.flush()
    refresh(session, household, today=korean_date(now))
    return contact


def _promise(
    session: Session, household: Household, promised: Promise, *, made_on: date, by_id: int | None, now: datetime
) -> None:
    """Add a promise. It closes those made before it; one that is typed late does not close a newer one."""
    rule = queries.get_rule_in_force(session, "PROMISE", on=max(made_on, korean_date(now)))
    known = (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(TermRow.household_id == household.id, RuleVersionRow.code == rule.code)
    )
    newer_on = None
    for term in session.scalars(known):
        if term.starts_on > made_on:
            newer_on = min(term.starts_on, newer_on or term.starts_on)
        elif term.closed_on is None:
            term.closed_on, term.ended_because = made_on, "새 약속"
    session.add(
        TermRow(
            household_id=household.id,
            rule_version_id=rule.id,
            starts_on=made_on,
            closed_on=newer_on,
            ended_because="새 약속" if newer_on else "",
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


def refresh(session: Session, household: Household, *, today: date) -> None:
    """Bring the stored answers of one household up to date, and what is kept on the household itself."""
    district_id = queries.district_of(session, household)
    days = queries.working_days_for(session, district_id)
    contacts = queries.list_contacts(session, [household.id])[household.id]
    terms = queries.standing_terms(session, [household.id])[household.id]
    household.last_seen_on = last_seen_on(contacts, today)
    household.absences_in_row = len(vain_tries(contacts, _TRIES, today))
    _store(session, household, queries.judge(terms, contacts, today=today, days=days), today=today)


_TRIES = AbsenceLadder(
    version="", absent_modes=frozenset({ContactMode.ABSENT, ContactMode.NO_ANSWER}),
    reached_modes=frozenset({ContactMode.FACE, ContactMode.CALL, ContactMode.OFFICE}), steps={}, steps_alone={},
)  # fmt: skip
"""What counts as a vain try and what ends a row of them, whatever the steps are."""


def _store(session: Session, household: Household, judged: Sequence[queries.Judged], *, today: date) -> None:
    """Write the answers that changed; rows of terms that no longer stand go."""
    stored = {
        row.term_id: row for row in session.scalars(select(Obligation).where(Obligation.household_id == household.id))
    }
    fresh = []
    for each in judged:
        values = _columns(household, each, today)
        row = stored.pop(each.term.id, None)
        if row is None:
            fresh.append(values)
        else:
            for name, value in values.items():
                setattr(row, name, value)
    if fresh:
        session.execute(insert(Obligation), fresh)
    for row in stored.values():
        session.delete(row)
    session.flush()


def _columns(household: Household, judged: queries.Judged, today: date) -> dict[str, Any]:
    term, answer = judged.term, judged.answer
    return {
        "term_id": term.id, "household_id": household.id, "centre_id": household.centre_id, "member_id": term.member_id,
        "profession": term.profession, "kind": term.rule.kind, "label": term.rule.name,
        "note": term.note, "due_on": answer.due_on,
        "window_start": answer.window_start, "limit_on": answer.limit_on, "done": answer.done, "needed": answer.needed,
        "missed": [[missed.starts_on.isoformat(), missed.done, missed.needed] for missed in answer.missed],
        "because": [{"code": line.code.value, "text": line.text} for line in answer.because],
        "computed_on": today, "recompute_on": answer.recompute_on,
    }  # fmt: skip


def refresh_stale(session: Session, *, today: date, batch: int = 500) -> int:
    """Refresh every household whose stored answers time has made stale. Returns how many."""
    refreshed = 0
    while ids := session.scalars(_stale(today).limit(batch)).all():
        for household in session.scalars(select(Household).where(Household.id.in_(ids))):
            refresh(session, household, today=today)
        refreshed += len(ids)
    return refreshed


def _stale(today: date) -> Select[Any]:
    return select(Obligation.household_id).where(Obligation.recompute_on <= today).distinct()


def household_closed(session: Session, household: Household) -> None:
    """Nothing is due of a closed household: its stored answers go, its terms stay on record."""
    session.execute(delete(Obligation).where(Obligation.household_id == household.id))


def alert_absences(session: Session, household: Household, *, now: datetime) -> AbsenceAnswer | None:
    """Tell the supervisor when vain tries reach a step that wants it, once per step; returns where the household stands."""
    answer = queries.absence_step(session, household, today=korean_date(now))
    if answer is not None and answer.alerts_supervisor:
        raise_alert(
            session,
            AlertKind.ABSENCE_STEP,
            subject=f"absence:{household.id}:{answer.first_try_on}:{answer.step_number}",
            recipient_ids=supervisor_ids(session, household.centre_id),
            text=f"{household.number} {answer.because[0].text}",
            household_id=household.id,
            now=now,
        )
    return answer


def _refuse_unfit(household: Household, details: TermDetails) -> None:
    if household.status is not HouseholdStatus.ACTIVE:
        raise RuleBroken("HOUSEHOLD_CLOSED", "종료한 가구입니다. 다시 관리하려면 먼저 가구를 되살려 주세요.")
    if details.member_id is not None and details.member_id not in {member.id for member in household.members}:
        raise RuleBroken("NOT_A_MEMBER", "이 가구의 가구원이 아닙니다.", field="member_id")


def _end_family(session: Session, household_id: int, details: TermDetails) -> None:
    family = family_of(details.code)
    if not family:
        return
    holds_later = or_(TermRow.ends_on.is_(None), TermRow.ends_on >= details.starts_on)
    standing = (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(
            TermRow.household_id == household_id, TermRow.member_id.is_not_distinct_from(details.member_id),
            holds_later, RuleVersionRow.code.in_(family),
        )
    )  # fmt: skip
    for term in session.scalars(standing):
        term.ends_on = max(term.starts_on, details.starts_on) - timedelta(days=1)
        term.ended_because = "다른 기준으로 바뀜"
    session.flush()


def _record(session: Session, household: Household, subject: str, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session,
        Action.SET_TERM,
        subject=subject,
        household_id=household.id,
        detail=what,
        actor=actor,
        now=now,
    )
