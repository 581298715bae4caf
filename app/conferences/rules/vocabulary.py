"""The words of case conferences. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class ConferenceKind(Labelled):
    """Who sits together."""

    INTERNAL = "INTERNAL", "내부사례회의"
    INTEGRATED = "INTEGRATED", "통합사례회의"
    SOLUTION = "SOLUTION", "솔루션회의"


class Matter(Labelled):
    """Why a household is on the agenda."""

    SELECT = "SELECT", "대상자 선정"
    PLAN = "PLAN", "계획 검토"
    REVIEW = "REVIEW", "중간 점검"
    CLOSE = "CLOSE", "종결 검토"
    REOPEN = "REOPEN", "재개입 검토"


class Decision(Labelled):
    """What the conference decided about one household."""

    SELECT_GENERAL = "SELECT_GENERAL", "선정: 사례관리(일반)"
    SELECT_COMPLEX = "SELECT_COMPLEX", "선정: 사례관리(고난도)"
    LINKAGE = "LINKAGE", "서비스연계"
    NOT_SELECTED = "NOT_SELECTED", "미선정"
    PLAN_APPROVE = "PLAN_APPROVE", "계획 승인"
    PLAN_CHANGE = "PLAN_CHANGE", "계획 변경"
    KEEP_ON = "KEEP_ON", "계속 진행"
    CLOSE = "CLOSE", "종결"
    REOPEN = "REOPEN", "재개입"
    REFER_UP = "REFER_UP", "상향 의뢰"
    NEXT_TIME = "NEXT_TIME", "다음 회의로"
