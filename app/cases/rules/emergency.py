"""긴급복지: the steps of an emergency aid and how its clocks stand. Pure.

긴급복지지원법 제8조 asks for the on-site check and the decision «지체 없이»; hours are working targets that a 시군구 edits.
시행령 제7조 ①: the after-survey is finished within one month of the decision. Grounds: 법 제2조; kinds: 법 제9조.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.labelled import Labelled

CHECK, DECISION, SURVEY = "EMERGENCY_CHECK", "EMERGENCY_DECISION", "EMERGENCY_SURVEY"
"""Codes of the rules that hold how many days each step has."""


class Crisis(Labelled):
    """위기상황 (법 제2조)."""

    E1 = "E1", "주소득자의 사망·가출·행방불명·구금"
    E2 = "E2", "중한 질병·부상"
    E3 = "E3", "방임·유기·학대"
    E4 = "E4", "가정폭력·성폭력"
    E5 = "E5", "화재·자연재해"
    E6 = "E6", "휴업·폐업·사업장 화재"
    E7 = "E7", "실직"
    E8 = "E8", "조례로 정한 사유"
    E9 = "E9", "장관이 고시한 사유"


class AidKind(Labelled):
    """What is given (법 제9조)."""

    LIVING = "LIVING", "생계"
    MEDICAL = "MEDICAL", "의료"
    HOUSING = "HOUSING", "주거"
    FACILITY = "FACILITY", "시설이용"
    EDU = "EDU", "교육"
    OTHER = "OTHER", "연료비·해산비 등"
    PRIVATE = "PRIVATE", "민간연계"


class AidStep(Labelled):
    """What is to be done next."""

    CHECK = "CHECK", "현장확인"
    DECISION = "DECISION", "지원 결정"
    SURVEY = "SURVEY", "사후조사"
    DONE = "DONE", "마침"


@dataclass(frozen=True, slots=True)
class AidDates:
    """What has happened with an aid so far."""

    asked_at: datetime
    checked_at: datetime | None = None
    decided_at: datetime | None = None
    is_granted: bool | None = None
    surveyed_on: date | None = None


@dataclass(frozen=True, slots=True)
class AidDays:
    """Days the steps have that go by the hour, from the asking."""

    check: int
    decision: int


def next_step(aid: AidDates) -> AidStep:
    """The step that is to be done next; support may be decided before the check (선지원), which is then still owed."""
    if aid.decided_at is None:
        return AidStep.CHECK if aid.checked_at is None else AidStep.DECISION
    if aid.checked_at is None and aid.is_granted:
        return AidStep.CHECK
    return AidStep.SURVEY if aid.is_granted and aid.surveyed_on is None else AidStep.DONE


def due_at(aid: AidDates, days: AidDays) -> datetime | None:
    """The moment by which the next step is to be done; None when nothing is, or a survey, which goes by days."""
    step = next_step(aid)
    if step is AidStep.CHECK:
        return aid.asked_at + timedelta(days=days.check)
    if step is AidStep.DECISION:
        return aid.asked_at + timedelta(days=days.decision)
    return None


def left_words(due: datetime, now: datetime) -> str:
    """«5시간 남음», «2일 3시간 지남»; within the hour «1시간 안»."""
    span = abs(due - now)
    days, hours = span.days, span.seconds // 3600
    said = " ".join(part for part in (f"{days}일" if days else "", f"{hours}시간" if hours else "") if part)
    if not said:
        return "방금 지남" if now > due else "1시간 안"
    return f"{said} {'지남' if now > due else '남음'}"
