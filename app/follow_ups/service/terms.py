"""Let rules hold for households and members, and end them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.follow_ups import queries
from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.rules import CareGroup, Quota, family_of, window_of
from app.follow_ups.service.refreshing import refresh
from app.households.models import Household, Member
from app.households.rules import HouseholdStatus

REVIEW = "NURSE_GROUP_REVIEW"
LONGEST_AGO, FARTHEST_AHEAD = timedelta(days=10 * 366), timedelta(days=2 * 366)
"""How far from today a term may begin or end: what lies beyond is a mistyped year."""


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


def set_term(
    session: Session, household: Household, details: TermDetails, *, actor: Identity, now: datetime
) -> TermRow:
    """Let a rule hold for a household or a member; the one of its family that held before ends the day before.

    Raises:
        RuleBroken: the household is closed, the member is not of it, or the day is years away.
        NotFound: no version of the rule holds on that day.
    """
    _refuse_unfit(household, details)
    _refuse_distant(details.starts_on, "starts_on", now)
    on, district_id = max(details.starts_on, korean_date(now)), queries.district_of(session, household)
    rule = queries.get_rule_in_force(session, details.code, district_id=district_id, on=on)
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
        RuleBroken: no reason is given, or the day is years away.
    """
    _refuse_distant(from_on, "from_on", now)
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
        RuleBroken: no reason is given, or the day is before it began or years away.
    """
    _refuse_distant(on, "on", now)
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 끝내는지 적어 주세요.", field="because")
    if on < term.starts_on:
        raise RuleBroken("BEFORE_START", "시작한 날보다 앞선 날로 끝낼 수 없습니다.", field="on")
    term.ends_on, term.ended_because = on, because
    household = session.get_one(Household, term.household_id)
    session.flush()
    refresh(session, household, today=korean_date(now))
    _record(session, household, f"term:{term.id}", "끝냄", actor=actor, now=now)


def end_care_group(session: Session, member: Member, *, on: date, because: str, actor: Identity, now: datetime) -> int:
    """End whatever care group a member is in and the review that was due; returns how many terms ended.

    `on` is the last day. A group that was to begin later never begins.

    Raises:
        RuleBroken: no reason is given, or the day is years away.
    """
    _close_reviews(session, member, on=on)
    groups = {group.rule_code for group in CareGroup}
    standing = [
        term
        for term in queries.list_terms(session, member.household_id)
        if term.member_id == member.id and term.rule.code in groups and (term.ends_on is None or term.ends_on > on)
    ]
    for term in standing:
        if term.starts_on > on:
            term.ends_on, term.ended_because = term.starts_on - timedelta(days=1), because
        else:
            end_term(session, term, on=on, because=because, actor=actor, now=now)
    refresh(session, member.household, today=korean_date(now))
    return len(standing)


def _refuse_unfit(household: Household, details: TermDetails) -> None:
    if household.status is not HouseholdStatus.ACTIVE:
        raise RuleBroken("HOUSEHOLD_CLOSED", "종료한 가구입니다. 다시 관리하려면 먼저 가구를 되살려 주세요.")
    if details.member_id is not None and details.member_id not in {member.id for member in household.members}:
        raise RuleBroken("NOT_A_MEMBER", "이 가구의 가구원이 아닙니다.", field="member_id")


def _refuse_distant(on: date, field: str, now: datetime) -> None:
    if not -LONGEST_AGO <= on - korean_date(now) <= FARTHEST_AHEAD:
        text = f"{on.year}년이 맞습니까? 10년 전부터 2년 뒤까지의 날짜를 적어 주세요."
        raise RuleBroken("DISTANT_DAY", text, field=field)


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
