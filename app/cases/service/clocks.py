"""Set and stop the clocks of a case as its stages come and go; what is due stands on 오늘 and on the household's page."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import RECHECK, CaseStage, clocks_on_entering
from app.follow_ups import queries as follow_up_queries
from app.follow_ups import service as follow_ups
from app.follow_ups.rules import Deadline, Once, RuleKind
from app.follow_ups.service import TermDetails


def turn_clocks(session: Session, case: Case, stage: CaseStage, *, on: date, actor: Identity, now: datetime) -> None:
    """Stop and start what entering a stage asks for. A household that is closed gets no new clock."""
    change = clocks_on_entering(stage, case.case_class)
    because = f"사례 {stage.label}"
    follow_ups.stop_clocks(session, case.household, change.stops, on=on, because=because, actor=actor, now=now)
    if case.household.is_active:
        for code in change.starts:
            _start(session, case, code, on=on, actor=actor, now=now)


def set_recheck(session: Session, case: Case, *, on: date, note: str, actor: Identity, now: datetime) -> None:
    """The day on which somebody looks again at a household whose case ended without it."""
    if case.household.is_active:
        details = TermDetails(RECHECK, starts_on=min(on, case.stage_since), promised_on=on, note=note)
        follow_ups.set_term(session, case.household, details, actor=actor, now=now)


def _start(session: Session, case: Case, code: str, *, on: date, actor: Identity, now: datetime) -> None:
    district_id = case.household.centre.district_id
    rule = follow_up_queries.get_rule_in_force(session, code, district_id=district_id, on=on)
    parameters = follow_up_queries.engine_rule(rule).parameters
    promised_on = on + timedelta(days=parameters.after_days or 0) if isinstance(parameters, Once) else None
    details = TermDetails(
        code, starts_on=on, event_on=on if isinstance(parameters, Deadline) else None, promised_on=promised_on,
        note=_note(case, rule.kind),
    )  # fmt: skip
    follow_ups.set_term(session, case.household, details, actor=actor, now=now)


def _note(case: Case, kind: RuleKind) -> str:
    """Beside the due, whose check it is; a deadline says so by its name."""
    return "" if kind is RuleKind.DEADLINE or case.case_class is None else case.case_class.label
