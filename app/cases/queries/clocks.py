"""Read the clocks of cases: terms of the due engine with their stored answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import ALL_CLOCKS
from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.queries import read_dues
from app.follow_ups.rules.dues import Due, in_order


def standing_clocks(session: Session, household_ids: Collection[int]) -> Sequence[TermRow]:
    """Clocks of these households' cases that nothing has stopped."""
    statement = (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(
            TermRow.household_id.in_(household_ids), RuleVersionRow.code.in_(sorted(ALL_CLOCKS)),
            TermRow.closed_on.is_(None), or_(TermRow.ends_on.is_(None), TermRow.ends_on >= TermRow.starts_on),
        )
        .order_by(TermRow.id)
    )  # fmt: skip
    return session.scalars(statement).all()


def dues_of_cases(session: Session, who: Identity, cases: Iterable[Case], *, today: date) -> dict[int, list[Due]]:
    """By case: what is due for it, the most pressing first. A household has at most one case whose clocks run."""
    by_household = {case.household_id: case.id for case in sorted(cases, key=lambda case: case.id)}
    if not by_household:
        return {}
    clocks = {term.id for term in standing_clocks(session, list(by_household))}
    found: dict[int, list[Due]] = defaultdict(list)
    dues = read_dues(session, list(by_household), district_id=who.district_id, today=today)
    for household_id, each in dues.items():
        found[by_household[household_id]].extend(due for due in each if due.term_id in clocks)
    return {case_id: in_order(each) for case_id, each in found.items()}


def is_done(session: Session, case: Case, code: str, *, today: date) -> bool:
    """Whether a clock of the case was set and asks for nothing more: the check was made, the contacts are complete."""
    terms = [term for term in standing_clocks(session, [case.household_id]) if term.rule.code == code]
    if not terms:
        return False
    district_id = case.household.centre.district_id
    dues = read_dues(session, [case.household_id], district_id=district_id, today=today).get(case.household_id, [])
    return not {term.id for term in terms} & {due.term_id for due in dues}
