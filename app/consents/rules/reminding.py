"""When whoever is responsible hears that a consent runs out, and in which words. Pure.

A consent is told of once in each of its periods: within thirty days, within a week, and after its last day. Words for the
inbox hold the household's number and the kind, never a name, nor the receiver, which may say what somebody suffers from.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.consents.rules.giving import SOON
from app.consents.rules.vocabulary import ConsentKind

LAST_DAYS = 7
WEEKDAYS = "월화수목금토일"


class Period(StrEnum):
    """How near the end of a consent is."""

    SOON = "soon"
    LAST_DAYS = "last"
    OVER = "over"


def period_of(days_left: int) -> Period | None:
    """The period of a consent with so many days left, below 0 once it ran out; None while it is far off."""
    if days_left < 0:
        return Period.OVER
    if days_left <= LAST_DAYS:
        return Period.LAST_DAYS
    return Period.SOON if days_left <= SOON[0] else None


def subject_of(consent_id: int, period: Period) -> str:
    """Names a reminder: one consent in one period is told of once."""
    return f"consent:{consent_id}:{period}"


def subjects_of(consent_id: int) -> list[str]:
    """Every reminder there may be of a consent."""
    return [subject_of(consent_id, period) for period in Period]


def ending_text(number: str, kind: ConsentKind, valid_until: date, period: Period) -> str:
    """«가람-0127 민감정보(건강) 처리 동의가 12/20(일)에 끝납니다. 다시 받아 주세요.»"""
    day = f"{valid_until.month}/{valid_until.day}({WEEKDAYS[valid_until.weekday()]})"
    ends = "끝났습니다" if period is Period.OVER else "끝납니다"
    return f"{number} {kind.label} 동의가 {day}에 {ends}. 계속 필요하면 다시 받아 주세요."
