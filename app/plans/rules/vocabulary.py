"""The words of plans and referrals. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class PlanState(Labelled):
    """Where a version of a plan stands."""

    DRAFT = "DRAFT", "작성 중"
    ASKED = "ASKED", "결재 올림"
    APPROVED = "APPROVED", "승인"
    REPLACED = "REPLACED", "다음 판으로 바뀜"


class GoalSpan(Labelled):
    SHORT = "SHORT", "단기"
    LONG = "LONG", "장기"


class GoalReach(Labelled):
    """How far a goal was reached."""

    OPEN = "OPEN", "진행 중"
    REACHED = "REACHED", "달성"
    PARTLY = "PARTLY", "일부 달성"
    GIVEN_UP = "GIVEN_UP", "중단"


class ServiceMethod(Labelled):
    """How a service is given (급여의 방법)."""

    CASH = "CASH", "현금"
    GOODS = "GOODS", "현물"
    SERVICE = "SERVICE", "서비스"
    VOUCHER = "VOUCHER", "이용권"
    LINK = "LINK", "연계"


class ReferralGround(Labelled):
    """By what right facts about somebody go to an agency."""

    CONSENT = "CONSENT", "본인 동의"
    LAW = "LAW", "법령에 따른 의뢰"
    URGENT = "URGENT", "급박한 생명·신체 보호"


class ReferralState(Labelled):
    DRAFT = "DRAFT", "작성 중"
    SENT = "SENT", "회신 기다림"
    REPLIED = "REPLIED", "회신 받음"
    ENDED = "ENDED", "그만둠"


class ReferralReply(Labelled):
    """What the agency answered."""

    ACCEPTED = "ACCEPTED", "지원하기로 함"
    WAITING = "WAITING", "대기"
    REFUSED = "REFUSED", "지원 어려움"
    ELSEWHERE = "ELSEWHERE", "다른 기관 안내"
