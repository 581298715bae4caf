"""R04: one person's active households, their dues, and whom nobody has seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.clock import korean_date
from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.queries import read_dues
from app.follow_ups.rules import CareGroup, Due, Profession, Status, group_of, in_order
from app.households.models import Household
from app.households.queries import visible_to
from app.households.rules import HouseholdStatus, Risk
from app.reports.facts.persons import age_text, because_text, days_overdue, of_profession
from app.reports.rules import CaseloadDue, CaseloadFacts, CaseloadRow, Letterhead

NO_GROUP = "군 없음"


def gather_caseload(
    session: Session, who: Identity, assignee: Account, letterhead: Letterhead, *, now: datetime
) -> CaseloadFacts:
    """The facts of one nurse's or worker's caseload today; unmasked, to be masked by the caller."""
    today = korean_date(now)
    profession = Profession.NURSE if assignee.role is Role.NURSE else Profession.WORKER
    households = _households(session, who, assignee)
    ids = [household.id for household in households]
    all_dues = read_dues(session, ids, district_id=who.district_id, today=today)
    dues = {key: in_order(of_profession(found, profession.value)) for key, found in all_dues.items()}
    groups = _groups(session, ids, today)
    return CaseloadFacts(
        letterhead=letterhead,
        assignee=assignee.name,
        role=assignee.role.label,
        as_of=today,
        care_groups=(*(group.label for group in CareGroup), NO_GROUP),
        risks=tuple(risk.label for risk in Risk),
        households=tuple(_row(each, dues.get(each.id, []), groups.get(each.id), today) for each in households),
        overdue=_overdue(households, dues),
        this_week=_this_week(households, dues, today),
    )


def _households(session: Session, who: Identity, assignee: Account) -> Sequence[Household]:
    column = Household.nurse_id if assignee.role is Role.NURSE else Household.worker_id
    statement = (
        select(Household)
        .where(visible_to(who), column == assignee.id, Household.status == HouseholdStatus.ACTIVE)
        .options(selectinload(Household.members))
        .order_by(Household.number)
    )
    return session.scalars(statement).all()


def _groups(session: Session, household_ids: Collection[int], today: date) -> dict[int, CareGroup]:
    """The closest care group of each household's members: INTENSIVE before REGULAR before SELF_CARE."""
    order = {group: rank for rank, group in enumerate(CareGroup)}
    statement = (
        select(TermRow.household_id, RuleVersionRow.code)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(
            TermRow.household_id.in_(household_ids),
            TermRow.member_id.is_not(None),
            TermRow.starts_on <= today,
            TermRow.ends_on.is_(None) | (TermRow.ends_on >= today),
        )
    )
    found: dict[int, CareGroup] = {}
    for household_id, code in session.execute(statement):
        group = group_of(code)
        if group is not None:
            found[household_id] = min(group, found.get(household_id, group), key=order.__getitem__)
    return found


def _row(household: Household, dues: Sequence[Due], group: CareGroup | None, today: date) -> CaseloadRow:
    lead = dues[0] if dues else None
    head = household.members[0] if household.members else None
    return CaseloadRow(
        number=household.number,
        name=household.title,
        age=age_text(head, today) if head else "",
        household_type=household.household_type.label,
        care_group=group.label if group else NO_GROUP,
        risk=household.risk.label,
        last_seen_on=household.last_seen_on,
        next_due_on=lead.due_on if lead else None,
        status=lead.status.label if lead else "",
        days_overdue=days_overdue(lead),
        because=because_text(lead) if lead else "",
        checks_missed=sum(each.status in (Status.OVERDUE, Status.LATE_TARGET) for each in dues),
    )


def _overdue(households: Sequence[Household], dues: dict[int, list[Due]]) -> tuple[CaseloadDue, ...]:
    late = [
        (household, each)
        for household in households
        for each in dues.get(household.id, [])
        if each.status in (Status.OVERDUE, Status.LATE_TARGET)
    ]
    return tuple(_due(*pair) for pair in sorted(late, key=lambda pair: (pair[1].due_on or date.max, pair[0].number)))


def _this_week(households: Sequence[Household], dues: dict[int, list[Due]], today: date) -> tuple[CaseloadDue, ...]:
    """Due from today to Sunday."""
    sunday = today + timedelta(days=6 - today.weekday())
    near = [
        (household, each)
        for household in households
        for each in dues.get(household.id, [])
        if each.due_on is not None and today <= each.due_on <= sunday
    ]
    return tuple(_due(*pair) for pair in sorted(near, key=lambda pair: (pair[1].due_on or date.max, pair[0].number)))


def _due(household: Household, due: Due) -> CaseloadDue:
    return CaseloadDue(
        number=household.number,
        name=household.title,
        what=due.label,
        due_on=due.due_on or due.today,
        status=due.status.label,
        days_overdue=days_overdue(due),
        because=because_text(due),
        member=_whose(household, due),
    )


def _whose(household: Household, due: Due) -> str:
    """Named only where several live together: two people's dues of one kind would look like one printed twice."""
    present = {member.id: member.name for member in household.members if member.is_present}
    return present.get(due.member_id or 0, "") if len(present) > 1 else ""
