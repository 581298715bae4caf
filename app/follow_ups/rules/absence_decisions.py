"""팀장 판단: what a supervisor's decision about a row of vain tries must say, and what it asks for next."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.errors import RuleBroken
from app.follow_ups.rules.absence import AbsenceAnswer
from app.follow_ups.rules.because import short
from app.follow_ups.rules.vocabulary import AbsenceVerdict, LadderAction

LONGEST_WAIT_DAYS = 14
"""Our default: a household that nobody reaches is not put off for longer, however sure somebody is."""

_NEXT = {
    AbsenceVerdict.JOINT_ENTRY: "112·119에 전화하고 출입 요청서를 인쇄해 함께 갑니다. 결과는 방문 기록으로 남깁니다.",
    AbsenceVerdict.VISIT_AGAIN: "담당자가 오늘 다시 방문합니다.",
    AbsenceVerdict.KEEP_TRYING: "담당자가 그날까지 다시 확인합니다. 그 전에 또 부재면 다시 판단을 묻습니다.",
    AbsenceVerdict.LOCATED: (
        "어디 있는지만 알려진 것이라 연속 부재는 그대로입니다. 만나거나 통화했으면 접촉을 기록하고, "
        "입원·입소·이사했으면 가구 정보를 고치거나 가구를 종료해 주세요."
    ),
}


def next_words(verdict: AbsenceVerdict) -> str:
    """What a decision asks of whom, in a sentence or two."""
    return _NEXT[verdict]


def decision_words(verdict: AbsenceVerdict, until_on: date | None) -> str:
    """«날짜를 정해 다시 확인, 11/25(수)까지»."""
    return f"{verdict.label}, {short(until_on)}까지" if until_on else verdict.label


def awaits_decision(answer: AbsenceAnswer) -> bool:
    """Whether the supervisor is asked and has not answered about these very tries."""
    return answer.action is LadderAction.SUPERVISOR_DECIDES and answer.ruling is None


def check_decision(verdict: AbsenceVerdict, *, until_on: date | None, reason: str, today: date) -> None:
    """Refuse a decision that does not say why, or until when.

    Raises:
        RuleBroken: REASON_NEEDED; UNTIL_NEEDED, UNTIL_PAST, UNTIL_FAR (over 14 days) for «다시 확인»;
            UNTIL_UNFIT for a day beside any other verdict.
    """
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 그렇게 판단했는지 적어 주세요.", field="reason")
    if verdict is AbsenceVerdict.KEEP_TRYING:
        _check_until(until_on, today)
    elif until_on is not None:
        text = f"날짜는 «{AbsenceVerdict.KEEP_TRYING.label}»에만 정합니다. 지우거나 판단을 바꿔 주세요."
        raise RuleBroken("UNTIL_UNFIT", text, field="until_on")


def _check_until(until_on: date | None, today: date) -> None:
    if until_on is None:
        raise RuleBroken("UNTIL_NEEDED", "언제까지 다시 확인할지 정해 주세요.", field="until_on")
    if until_on < today:
        raise RuleBroken("UNTIL_PAST", "지난 날입니다. 오늘이나 그 뒤로 정해 주세요.", field="until_on")
    latest = today + timedelta(days=LONGEST_WAIT_DAYS)
    if until_on > latest:
        text = f"{LONGEST_WAIT_DAYS}일 넘게 미룰 수 없습니다. {short(latest)}까지로 정해 주세요."
        raise RuleBroken("UNTIL_FAR", text, field="until_on")
