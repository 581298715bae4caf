"""군 재분류 검토: whose proposal is another group than theirs, whose review is due, who is registered without a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.care_groups.models import GroupDecision, Registration
from app.care_groups.queries.findings import findings_of
from app.care_groups.queries.tables import table_in_force
from app.care_groups.rules import WEIGHTS, Programme, Proposal, propose
from app.core.labelled import Labelled
from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.rules import CareGroup, group_of
from app.households.models import Household, Member
from app.households.queries import visible_to
from app.households.rules import HouseholdStatus

REVIEW = "NURSE_GROUP_REVIEW"
SOON = 7
"""Days before a review's day from which it is listed."""


class Cause(Labelled):
    """Why somebody is listed, the most pressing first."""

    REVIEW_DUE = "REVIEW_DUE", "재분류할 때"
    HEAVIER = "HEAVIER", "더 자주 볼 제안"
    UNGROUPED = "UNGROUPED", "군 없이 등록"
    LIGHTER = "LIGHTER", "덜 자주 볼 제안"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One person to look at again."""

    member: Member
    group: CareGroup | None
    proposal: Proposal
    review_on: date | None
    cause: Cause


def list_reviews(session: Session, who: Identity, *, today: date, mine: bool) -> list[ReviewLine]:
    """People of the scope whose group should be looked at, the most pressing first; `mine` narrows to one's own.

    A lighter group is not raised while the intensive months run, nor is a proposal that was looked at and decided
    otherwise since the last reading.
    """
    terms = _terms(session, who, today=today, mine=mine)
    registered = _registered(session, who, mine=mine)
    people = {term.member_id: term.member for term in terms if term.member} | {m.id: m for m in registered}
    groups = _groups(terms)
    reviews = {t.member_id: t.event_on for t in terms if t.rule.code == REVIEW and t.closed_on is None}
    table = table_in_force(session, who.district_id, on=today)
    findings = findings_of(session, [key for key in people if key], table, today=today)
    settled = _settled(session, [key for key in people if key])
    lines = []
    for key, member in people.items():
        proposal = propose(table, findings.get(key or 0, {}), today=today)
        cause = _cause(groups.get(key or 0), proposal, reviews.get(key), settled.get(key or 0), today)
        if cause is not None:
            lines.append(ReviewLine(member, groups.get(key or 0), proposal, reviews.get(key), cause))
    order = list(Cause)
    return sorted(lines, key=lambda line: (order.index(line.cause), line.review_on or date.max, line.member.id))


def _cause(
    group: CareGroup | None, proposal: Proposal, review_on: date | None, decided: GroupDecision | None, today: date
) -> Cause | None:
    if review_on is not None and (review_on - today).days <= SOON:
        return Cause.REVIEW_DUE
    if group is None:
        return Cause.UNGROUPED
    if proposal.group in (None, group) or _was_seen(proposal, decided):
        return None
    if WEIGHTS[proposal.group or group] > WEIGHTS[group]:
        return Cause.HEAVIER
    return None if review_on else Cause.LIGHTER


def _was_seen(proposal: Proposal, decided: GroupDecision | None) -> bool:
    """Whether somebody decided about this very proposal, with nothing measured since."""
    if decided is None:
        return False
    newest = max((line.on for line in proposal.lines if line.on), default=date.min)
    before = max((line["on"] for line in decided.lines if line["on"]), default="")
    return decided.proposed is proposal.group and newest.isoformat() <= before


def _terms(session: Session, who: Identity, *, today: date, mine: bool) -> Sequence[TermRow]:
    """Terms of care groups and reviews that may hold, of people who are there."""
    codes = [*(group.rule_code for group in CareGroup), REVIEW]
    statement = (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .join(Household, Household.id == TermRow.household_id)
        .join(Member, Member.id == TermRow.member_id)
        .where(
            visible_to(who), Household.status == HouseholdStatus.ACTIVE, Member.left_on.is_(None),
            RuleVersionRow.code.in_(codes), TermRow.closed_on.is_(None),
            or_(TermRow.ends_on.is_(None), TermRow.ends_on >= today),
        )
        .options(joinedload(TermRow.member).joinedload(Member.household))
        .order_by(TermRow.id.desc())
    )  # fmt: skip
    if mine:
        statement = statement.where(Household.nurse_id.in_(who.acting_for))
    return session.scalars(statement).all()


def _registered(session: Session, who: Identity, *, mine: bool) -> Sequence[Member]:
    statement = (
        select(Member)
        .join(Registration, Registration.member_id == Member.id)
        .join(Household, Household.id == Member.household_id)
        .where(
            visible_to(who), Household.status == HouseholdStatus.ACTIVE, Member.left_on.is_(None),
            Registration.discharged_on.is_(None), Registration.programme == Programme.VISITING_HEALTH,
        )
        .options(joinedload(Member.household))
    )  # fmt: skip
    if mine:
        statement = statement.where(Household.nurse_id.in_(who.acting_for))
    return session.scalars(statement).unique().all()


def _groups(terms: Sequence[TermRow]) -> dict[int, CareGroup]:
    found: dict[int, CareGroup] = {}
    for term in terms:
        group = group_of(term.rule.code)
        if group and term.member_id is not None:
            found.setdefault(term.member_id, group)
    return found


def _settled(session: Session, member_ids: Sequence[int]) -> dict[int, GroupDecision]:
    """The newest decision about each of these people."""
    statement = select(GroupDecision).where(GroupDecision.member_id.in_(member_ids)).order_by(GroupDecision.id)
    return {row.member_id: row for row in session.scalars(statement)}
