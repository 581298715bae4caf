"""Open a case, open one again, and put right what its intake says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases import queries
from app.cases.models import Case, CaseStep
from app.cases.rules import DEADLINES, LIVE, CaseStage
from app.cases.service.clocks import turn_clocks
from app.cases.service.counselling import adopt_counselling
from app.cases.service.writing import hold, hold_household, refuse_day, write_step, written
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.follow_ups import service as follow_ups
from app.households.models import Household


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """A case as somebody takes it in. `route`: code of the discovery route; `keeper_id` None: the household's worker."""

    intake_on: date
    route: str
    reason: str = ""
    target_groups: Sequence[str] = ()
    keeper_id: int | None = None
    item_id: int | None = None


def open_case(session: Session, household: Household, details: CaseDetails, *, actor: Identity, now: datetime) -> Case:
    """Take a household in as a case; its clocks begin. An earlier case is linked, and its aftercare ends.

    Raises:
        RuleBroken: a case is being worked already, the household is closed, no reason, or a day that has not come.
    """
    hold_household(session, household)
    _refuse_unfit(session, household, details, now)
    previous = next(iter(queries.list_cases_of(session, household.id)), None)
    if previous is not None and previous.stage is not CaseStage.ENDED:
        _end_previous(session, previous, actor=actor, now=now)
    case = _stored(household, details, previous, actor=actor, now=now)
    session.add(case)
    session.flush()
    session.add(
        CaseStep(
            case=case, from_stage=None, to_stage=CaseStage.INTAKE, on=details.intake_on, because=details.reason,
            by_id=case.by_id, at=now,
        )
    )  # fmt: skip
    session.flush()
    adopt_counselling(session, household.id, case.id)
    turn_clocks(session, case, CaseStage.INTAKE, on=details.intake_on, actor=actor, now=now)
    written(session, case, f"접수 {details.route}", actor=actor, now=now)
    return case


def reopen(session: Session, case: Case, details: CaseDetails, *, actor: Identity, now: datetime) -> Case:
    """Begin anew for a household whose case was closed: a new case, linked to the old one.

    Raises:
        RuleBroken: the case is still being worked, or a newer one is; otherwise as `open_case`.
    """
    if case.stage in LIVE:
        raise RuleBroken("STILL_OPEN", "아직 종결하지 않은 사례입니다.")
    return open_case(session, case.household, details, actor=actor, now=now)


def change_intake(
    session: Session, case: Case, details: CaseDetails, *, version: int, actor: Identity, now: datetime
) -> Case:
    """Put right what the intake says. Another day moves the clocks that count from it.

    Raises:
        RuleBroken: a day that has not come or lies after the next step, no reason.
        StaleRecord: somebody changed the case since.
    """
    hold(session, case, version=version)
    refuse_day(details.intake_on, "intake_on", after=None, now=now)
    _refuse_speechless(details)
    following = [step.on for step in case.steps if step.from_stage is not None]
    if following and details.intake_on > following[0]:
        text = f"다음 단계의 날짜({following[0].isoformat()})보다 늦을 수 없습니다."
        raise RuleBroken("AFTER_STEP", text, field="intake_on")
    before, case.intake_on = case.intake_on, details.intake_on
    case.route, case.reason, case.keeper_id = details.route, details.reason.strip(), details.keeper_id
    case.target_groups, case.version = list(details.target_groups), case.version + 1
    if before != details.intake_on:
        _move_intake(session, case, actor=actor, now=now)
    session.flush()
    written(session, case, f"접수 정정 {before} {case.intake_on}", actor=actor, now=now)
    return case


FROM_INTAKE = frozenset(code for code in DEADLINES if code.startswith("INTAKE"))


def _move_intake(session: Session, case: Case, *, actor: Identity, now: datetime) -> None:
    first = case.steps[0]
    first.on = case.intake_on
    if case.stage is CaseStage.INTAKE:
        case.stage_since = case.intake_on
    follow_ups.move_clocks(session, case.household, FROM_INTAKE, event_on=case.intake_on, actor=actor, now=now)


def _refuse_unfit(session: Session, household: Household, details: CaseDetails, now: datetime) -> None:
    refuse_day(details.intake_on, "intake_on", after=None, now=now)
    _refuse_speechless(details)
    if not household.is_active:
        raise RuleBroken("HOUSEHOLD_CLOSED", "종료한 가구입니다. 다시 관리하려면 먼저 가구를 되살려 주세요.")
    live = queries.live_case(session, household.id)
    if live is not None:
        text = f"진행 중인 사례가 있습니다({live.intake_on.isoformat()} 접수, {live.stage.label})."
        raise RuleBroken("CASE_OPEN", text)


def _refuse_speechless(details: CaseDetails) -> None:
    if not details.reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 사례로 접수하는지 적어 주세요.", field="reason")


def _end_previous(session: Session, previous: Case, *, actor: Identity, now: datetime) -> None:
    """A household begun anew needs no aftercare of the old case."""
    on = korean_date(now)
    write_step(session, previous, CaseStage.ENDED, on=on, because="새 사례로 다시 시작", actor=actor, now=now)
    previous.ended_on = on
    turn_clocks(session, previous, CaseStage.ENDED, on=on, actor=actor, now=now)


def _stored(
    household: Household, details: CaseDetails, previous: Case | None, *, actor: Identity, now: datetime
) -> Case:
    return Case(
        household=household, centre_id=household.centre_id, previous=previous, stage=CaseStage.INTAKE,
        stage_since=details.intake_on, intake_on=details.intake_on, route=details.route, item_id=details.item_id,
        reason=details.reason.strip(), target_groups=list(details.target_groups),
        keeper_id=details.keeper_id or household.worker_id or actor.account_id, by_id=actor.account_id, at=now, version=1,
    )  # fmt: skip
