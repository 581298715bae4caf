"""F08: what followed the closure of a case, contact by contact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.queries import list_next_of, reason_label
from app.follow_ups.queries import engine_rule, get_rule_in_force
from app.follow_ups.rules import Quota, RuleVersion
from app.reports.facts.case_report import MOST_VISITS, shared_text
from app.reports.facts.closure_sheet import case_facts
from app.reports.facts.form_parts import ground_of, household_facts
from app.reports.rules import Letterhead, wording
from app.reports.rules.boxed import ChoiceFacts, FormHouseholdFacts, FormWishes
from app.reports.rules.closing_sheets import AGAIN, NOT_AGAIN, AftercareContactFacts, AftercareSheetFacts
from app.visits.queries import VisitRecord, list_visits

BOTH = (AGAIN, NOT_AGAIN)


def gather_aftercare_sheet(
    session: Session, _who: Identity, case: Case | None, letterhead: Letterhead, wishes: FormWishes
) -> AftercareSheetFacts:
    """The facts of one case's aftercare, or of a blank form; unmasked, to be masked by the caller."""
    ground = ground_of(letterhead, wishes)
    if case is None:
        return AftercareSheetFacts(household=FormHouseholdFacts(), again=ChoiceFacts(options=BOTH), **ground)
    rule = _rule(session, case)
    contacts = tuple(_contacts(session, case, rule, _last_day(session, case)))
    return AftercareSheetFacts(
        household=household_facts(case.household, letterhead.written_on, with_members=False),
        case=case_facts(case),
        closed_on=case.closed_on,
        closure_reason=reason_label(session, case.household.centre.district_id, case.closure_reason),
        goals_reached=case.goals_reached,
        until=case.aftercare_until,
        contacts=contacts,
        **_agreed(rule, contacts),
        **_outcome(session, case),
        ended_on=case.ended_on,
        **ground,
    )


def _rule(session: Session, case: Case) -> RuleVersion:
    """The rule of aftercare as it held when the case was closed."""
    on = case.closed_on or case.stage_since
    return engine_rule(get_rule_in_force(session, "AFTERCARE", district_id=case.household.centre.district_id, on=on))


def _agreed(rule: RuleVersion, contacts: Sequence[AftercareContactFacts]) -> dict[str, Any]:
    if not isinstance(rule.parameters, Quota):
        return {}
    made = sum(bool(each.number) for each in contacts)
    asked = rule.parameters.count
    return {
        "agreed": f"{rule.parameters.period.label} 안에 {asked}회",
        "done": f"{asked}회 가운데 {min(made, asked)}회",
    }


def _last_day(session: Session, case: Case) -> date:
    """The last day whose contacts belong to this aftercare: its end, or the day before it was taken in again."""
    following = [each.intake_on for each in list_next_of(session, case.id)]
    return min((on for on in (case.ended_on, *following) if on is not None), default=date.max)


def _contacts(session: Session, case: Case, rule: RuleVersion, last_on: date) -> Iterator[AftercareContactFacts]:
    """Contacts of the purposes that count, the oldest first; those that reached somebody are numbered day by day."""
    begun = case.closed_on or date.max
    made = [
        visit
        for visit in reversed(list_visits(session, case.household_id, limit=MOST_VISITS))
        if begun < visit.occurred_on <= last_on and visit.purpose in rule.purposes
    ]
    days = list(dict.fromkeys(visit.occurred_on for visit in made if visit.mode in rule.modes))
    for visit in made:
        counts = visit.mode in rule.modes
        yield _contact(visit, str(days.index(visit.occurred_on) + 1) if counts else "")


def _contact(visit: VisitRecord, number: str) -> AftercareContactFacts:
    return AftercareContactFacts(
        number=number,
        on=visit.occurred_on,
        mode=visit.mode.label,
        by=visit.by.name,
        reached=tuple(each.member.name for each in visit.attendances),
        note=shared_text(visit),
    )


def _outcome(session: Session, case: Case) -> dict[str, Any]:
    """Whether somebody stepped in again; unticked while nobody can say."""
    again = next(iter(list_next_of(session, case.id)), None)
    if again is not None:
        said = f"{wording.day(again.intake_on)} 다시 접수. {again.reason}".strip()
        return {"again": ChoiceFacts(options=BOTH, chosen=(AGAIN,)), "outcome": said}
    if case.ended_on is not None:
        because = case.steps[-1].because if case.steps else ""
        return {"again": ChoiceFacts(options=BOTH, chosen=(NOT_AGAIN,)), "outcome": because}
    return {"again": ChoiceFacts(options=BOTH)}
