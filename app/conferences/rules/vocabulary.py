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


class Effect(Labelled):
    """What confirming the minutes does to the case; the label says so before somebody confirms."""

    CLASSIFY = "CLASSIFY", "구분이 정해지고, 사례가 구분·선정 단계로 갑니다."
    APPROVE_PLAN = "APPROVE_PLAN", "서비스 제공계획이 승인되고, 제공·점검이 시작됩니다."
    RETURN_PLAN = "RETURN_PLAN", "결재에 올린 계획이 있으면 이 글과 함께 돌아갑니다."
    CLOSE = "CLOSE", "종결 결재가 끝나고 사례가 종결됩니다."
    REOPEN = "REOPEN", "새 사례로 접수되고, 앞선 사례와 이어집니다."
    WORDS = "WORDS", "사례는 그대로이고, 회의록에 글로 남습니다."
    CARRY = "CARRY", "사례는 그대로이고, 다음 회의 안건이 됩니다."


class State(Labelled):
    """How far a conference is."""

    COMING = "COMING", "열릴 회의"
    MINUTES = "MINUTES", "회의록 쓰는 중"
    CONFIRMED = "CONFIRMED", "확정"
