"""How plans, referrals, emergency aid, consents and needs stand, each in one line for the household's page."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.cases.queries.emergency import aids_of, dates_of
from app.cases.rules.emergency import AidStep, Crisis, next_step
from app.consents.queries import consent_line
from app.core.clock import korean_date
from app.households.models import Household
from app.needs.queries import needs_line
from app.plans.queries.checks import next_of_household
from app.plans.queries.plans import plans_of_household
from app.plans.queries.referrals import waiting_of


def lines_of(session: Session, household: Household, *, today: date) -> dict[str, str]:
    """The lines by the names under which the page knows them."""
    return {
        "plan_line": plan_line(session, household, today=today), "aid_line": aid_line(session, household),
        "consent_line": consent_line(session, household.id, today=today), "needs_line": needs_line(session, household.id),
    }  # fmt: skip


def plan_line(session: Session, household: Household, *, today: date) -> str:
    """«2판 승인 · 다음 점검 밑반찬 2026-12-07 · 회신 기다림 1건», empty when there is nothing."""
    plans = plans_of_household(session, household.id)
    due = next_of_household(session, household.id, today=today)
    waiting = len(waiting_of(session, household.id))
    parts = (
        f"{plans[0].number}판 {plans[0].state.label}" if plans else "",
        f"다음 점검 {due[1]} {due[0].isoformat()}" if due else "", f"회신 기다림 {waiting}건" if waiting else "",
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def aid_line(session: Session, household: Household) -> str:
    """«2026-11-20 실직, 결정 전», of the newest emergency aid; empty when there was none."""
    aid = next(iter(aids_of(session, household.id)), None)
    if aid is None:
        return ""
    step = next_step(dates_of(aid))
    crisis = Crisis(aid.crisis).label if aid.crisis in Crisis.__members__ else aid.crisis
    return f"{korean_date(aid.asked_at).isoformat()} {crisis}, {step.label}{'' if step is AidStep.DONE else ' 할 차례'}"
