"""발굴 경로: by which way somebody became known, as discoveries and cases both name it. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class Route(Labelled):
    """발굴 경로: by which way somebody became known; of a case, by which way it came in."""

    SYS_CENTRAL = "SYS_CENTRAL", "중앙 발굴"
    SYS_LOCAL = "SYS_LOCAL", "지자체 발굴"
    APP = "APP", "복지위기 알림 앱"
    SELF_VISIT = "SELF_VISIT", "본인 내방"
    SELF_PHONE = "SELF_PHONE", "본인 전화"
    KIN = "KIN", "친족"
    NEIGHBOUR = "NEIGHBOUR", "이웃신고"
    HONORARY = "HONORARY", "명예사회복지공무원"
    COUNCIL = "COUNCIL", "지역사회보장협의체"
    TONGJANG = "TONGJANG", "통·이장"
    MANDATED = "MANDATED", "신고의무자"
    AGENCY = "AGENCY", "기관의뢰"
    CALL_129 = "CALL_129", "129 이관"
    HEALTH_TEAM = "HEALTH_TEAM", "방문간호 의뢰"
    SURVEY_SINGLE = "SURVEY_SINGLE", "1인가구 실태조사"
    E_CHILD = "E_CHILD", "e아동"
    UNIVERSAL = "UNIVERSAL", "보편방문"
    EX_OFFICIO = "EX_OFFICIO", "직권"


def route_label(code: str) -> str:
    """The route in words; a code of a list of old stays as it is."""
    return Route(code).label if code in Route.__members__ else code
