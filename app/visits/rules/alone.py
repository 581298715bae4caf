"""A visit made alone where two must go: it is asked why, and never refused, for it has happened."""

from __future__ import annotations

from app.follow_ups.rules import ContactMode
from app.households.rules import FlagRule
from app.safety.rules import Company, asks_why_alone
from app.visits.rules.problems import Problem, confirm
from app.visits.rules.record import VisitDetails


def check_alone(details: VisitDetails, rule: FlagRule | None) -> tuple[Problem, ...]:
    """A question where nobody is named and no reason is given.

    Args:
        rule: how the household had to be visited on that day.
    """
    is_visit = details.mode is ContactMode.FACE
    company = Company(next(iter(details.companion_ids), None), details.companion_name)
    if not is_visit or rule is None or details.alone_because.strip() or not asks_why_alone(rule, company):
        return ()
    said = f"{rule.label} 가구인데 함께 간 사람이 없습니다. 혼자 간 까닭을 적거나, 까닭 없이 남깁니다."
    return (confirm("ALONE", "alone_because", said, value=details.occurred_on),)
