"""Read cases: one, those of a household, the board. All scoped to who asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.accounts.models import Account
from app.cases.models import Approval, Case, CaseStep
from app.cases.rules import LIVE, CaseStage
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household
from app.households.queries import visible_to

MOST_LISTED = 2000
"""More open cases than a 시군구 works at once."""


def get_case(session: Session, who: Identity, case_id: int) -> Case:
    """One case of a visible household with its steps and approvals, or NotFound."""
    if case_id > LARGEST_KEY:
        raise NotFound
    statement = (
        select(Case)
        .join(Household, Household.id == Case.household_id)
        .where(Case.id == case_id, visible_to(who))
        .options(*_whole())
    )
    case = session.scalars(statement).first()
    if case is None:
        raise NotFound
    return case


def list_cases_of(session: Session, household_id: int) -> Sequence[Case]:
    """Every case of a household, the newest first. The household's own page has asked whether it may be seen."""
    statement = select(Case).where(Case.household_id == household_id).options(*_whole()).order_by(Case.id.desc())
    return session.scalars(statement).all()


def live_case(session: Session, household_id: int) -> Case | None:
    """The case of a household that is being worked; None when there is none."""
    statement = select(Case).where(Case.household_id == household_id, Case.stage.in_(sorted(LIVE)))
    return session.scalars(statement.order_by(Case.id.desc()).limit(1)).first()


def standing_case(session: Session, household_id: int) -> Case | None:
    """The newest case of a household that has not ended: one at work, closed or in aftercare."""
    statement = select(Case).where(Case.household_id == household_id, Case.stage != CaseStage.ENDED)
    return session.scalars(statement.order_by(Case.id.desc()).limit(1)).first()


def list_board(session: Session, who: Identity, stages: Sequence[CaseStage] | None = None) -> Sequence[Case]:
    """Cases of the scope in these stages (all but the ended ones), the longest in their stage first."""
    shown = stages or [stage for stage in CaseStage if stage is not CaseStage.ENDED]
    statement = (
        select(Case)
        .join(Household, Household.id == Case.household_id)
        .where(visible_to(who), Case.stage.in_(shown))
        .options(joinedload(Case.household).joinedload(Household.centre), _named_only(Case.keeper))
        .order_by(Case.stage_since, Case.id)
        .limit(MOST_LISTED)
    )
    return session.scalars(statement).all()


def list_next_of(session: Session, case_id: int) -> Sequence[Case]:
    """Cases that were opened again after this one."""
    return session.scalars(select(Case).where(Case.previous_id == case_id).order_by(Case.id)).all()


def list_keepers(session: Session, centre_id: int) -> Sequence[Account]:
    """Who may carry a case of a centre: its welfare workers and supervisors, by name."""
    roles = ("WORKER", "SUPERVISOR")
    statement = select(Account).where(
        Account.centre_id == centre_id, Account.role.in_(roles), Account.disabled_at.is_(None)
    )
    return session.scalars(statement.order_by(Account.name, Account.id)).all()


def _whole() -> tuple[Any, ...]:
    return (
        joinedload(Case.household).joinedload(Household.centre), _named_only(Case.keeper), joinedload(Case.previous),
        selectinload(Case.steps).joinedload(CaseStep.by), selectinload(Case.approvals).joinedload(Approval.asked_by),
    )  # fmt: skip


def _named_only(person: Any) -> Any:
    return joinedload(person).lazyload("*")
