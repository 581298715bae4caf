"""The need items by which the directory says what a provider answers. Pure.

Codes of the ten domains and nineteen items of 욕구 조사 as it comes with the product. A 시군구's own form may hold further
codes: they are kept as they are and shown by themselves.
"""

from __future__ import annotations

from app.core.labelled import Labelled


class NeedItem(Labelled):
    """One item of the form of needs."""

    SAFE_IN_FAMILY = "SAFE_IN_FAMILY", "가족 내 안전"
    SAFE_OUTSIDE = "SAFE_OUTSIDE", "가족 밖 안전"
    HEALTH_PHYSICAL = "HEALTH_PHYSICAL", "신체 건강"
    HEALTH_MENTAL = "HEALTH_MENTAL", "정신 건강"
    DAILY_LIVING = "DAILY_LIVING", "의식주 일상생활"
    DAILY_LEISURE = "DAILY_LEISURE", "여가"
    FAMILY_RELATION = "FAMILY_RELATION", "가족 관계"
    FAMILY_CARE = "FAMILY_CARE", "가족 돌봄"
    SOCIAL_KIN_NEIGHBOR = "SOCIAL_KIN_NEIGHBOR", "친척·이웃 관계"
    SOCIAL_GROUP = "SOCIAL_GROUP", "사회생활"
    ECON_BASIC = "ECON_BASIC", "기초생활"
    ECON_ASSET = "ECON_ASSET", "자산관리"
    EDU_BASIC = "EDU_BASIC", "기본지식"
    EDU_ENV = "EDU_ENV", "교육환경"
    JOB_KEEP = "JOB_KEEP", "취업·고용유지"
    HOUSE_INSIDE = "HOUSE_INSIDE", "집 안 환경"
    HOUSE_OUTSIDE = "HOUSE_OUTSIDE", "집 밖 환경"
    LEGAL_AID = "LEGAL_AID", "법률 지원"
    RIGHTS = "RIGHTS", "권익보장"


def need_label(code: str) -> str:
    """What an item is called; the code itself where it is of a form we do not know."""
    return NeedItem(code).label if code in NeedItem.__members__ else code
