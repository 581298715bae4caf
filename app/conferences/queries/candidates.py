"""Cases that can be put on an agenda: those that wait for a conference first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import LIVE, ApprovalKind, CaseStage
from app.conferences.models import AgendaItem, Conference
from app.conferences.queries.standing import open_plans, waiting_requests
from app.conferences.rules import Candidate, ConferenceKind, Decision, Matter, matter_for, waiting_for
from app.households.models import Household
from app.households.queries import visible_to
from app.plans.rules import PlanState

MOST_OFFERED = 1000
OFFERED = LIVE | {CaseStage.CLOSED, CaseStage.AFTERCARE}
"""A case that has ended is put on an agenda from its own page."""


def list_candidates(session: Session, who: Identity, conference: Conference) -> list[Candidate]:
    """Cases of the scope that are not on this agenda; an internal conference is about its own centre's alone."""
    on_it = {item.case_id for item in conference.agenda}
    cases = [case for case in _offered(session, who, conference) if case.id not in on_it]
    ids = [case.id for case in cases]
    plans = {key for key, plan in open_plans(session, ids).items() if plan.state is PlanState.ASKED}
    closures = set(waiting_requests(session, ids, ApprovalKind.CLOSURE))
    carried = set(carried_over(session, conference))
    return [
        _candidate(case, plan_waits=case.id in plans, closure_waits=case.id in closures, is_carried=case.id in carried)
        for case in cases
    ]


def carried_over(session: Session, conference: Conference) -> list[int]:
    """Cases that the last conference of this centre and kind about them put off to the next, in its order."""
    of_same = (
        select(AgendaItem.case_id, AgendaItem.decision)
        .join(Conference, Conference.id == AgendaItem.conference_id)
        .where(
            Conference.centre_id == conference.centre_id, Conference.kind == conference.kind,
            Conference.confirmed_at.is_not(None),
        )
        .order_by(Conference.held_on, Conference.confirmed_at, AgendaItem.position)
    )  # fmt: skip
    last: dict[int, Decision | None] = {}
    for case_id, decision in session.execute(of_same):
        last.pop(case_id, None)
        last[case_id] = decision
    planned = _on_open_agendas(session, conference.centre_id, conference.kind)
    return [key for key, decision in last.items() if decision is Decision.NEXT_TIME and key not in planned]


def matter_of(session: Session, case: Case) -> Matter:
    """Why one case would be on an agenda today."""
    plan = open_plans(session, [case.id]).get(case.id)
    waits = case.id in waiting_requests(session, [case.id], ApprovalKind.CLOSURE)
    return matter_for(case.stage, plan_waits=plan is not None and plan.state is PlanState.ASKED, closure_waits=waits)


def _on_open_agendas(session: Session, centre_id: int, kind: ConferenceKind) -> set[int]:
    statement = (
        select(AgendaItem.case_id)
        .join(Conference, Conference.id == AgendaItem.conference_id)
        .where(Conference.centre_id == centre_id, Conference.kind == kind, Conference.confirmed_at.is_(None))
    )
    return set(session.scalars(statement))


def _offered(session: Session, who: Identity, conference: Conference) -> Sequence[Case]:
    statement = (
        select(Case)
        .join(Household, Household.id == Case.household_id)
        .where(visible_to(who), Case.stage.in_(sorted(OFFERED)))
        .options(joinedload(Case.household).joinedload(Household.centre), joinedload(Case.keeper).lazyload("*"))
        .order_by(Case.stage_since, Case.id)
        .limit(MOST_OFFERED)
    )
    if conference.kind is ConferenceKind.INTERNAL:
        statement = statement.where(Household.centre_id == conference.centre_id)
    return session.scalars(statement).all()


def _candidate(case: Case, *, plan_waits: bool, closure_waits: bool, is_carried: bool) -> Candidate:
    matter = matter_for(case.stage, plan_waits=plan_waits, closure_waits=closure_waits)
    waiting = waiting_for(matter, case.stage, is_carried=is_carried, is_asked=plan_waits or closure_waits)
    household = case.household
    return Candidate(
        case.id, household.id, household.title, household.number, household.centre.name, case.stage, case.case_class,
        case.stage_since, case.keeper.name if case.keeper else "", matter, waiting,
    )  # fmt: skip
