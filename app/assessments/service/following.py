"""What a person decides on the strength of a result: how often to look after a household from now on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments.queries import Result
from app.assessments.rules import show_number
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.follow_ups import service as follow_ups
from app.follow_ups.models import TermRow
from app.households.models import Household


def set_proposed_rule(
    session: Session, household: Household, result: Result, *, actor: Identity, now: datetime
) -> TermRow:
    """Let the follow-up rule hold that the result's band proposes, from today on; another of its family ends.

    Raises RuleBroken: the result proposes none, was taken back, or the household is closed.
    """
    band = result.band
    if band is None or not band.rule or result.row.voided_at is not None:
        raise RuleBroken("NO_RULE", "이 결과로 제안하는 관리 기준이 없습니다.")
    note = f"{result.instrument.name} {show_number(result.row.total)}점 {band.label}"
    details = follow_ups.TermDetails(band.rule, korean_date(now), note=note)
    return follow_ups.set_term(session, household, details, actor=actor, now=now)
