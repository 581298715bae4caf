"""The words of registration in the health programmes. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class Programme(Labelled):
    """A programme of the health centre in which a person is registered; one at a time by most local guides."""

    VISITING_HEALTH = "VISITING_HEALTH", "방문건강관리"
    AI_IOT = "AI_IOT", "AI·IoT 어르신 건강관리"


class DischargeReason(Labelled):
    """퇴록 사유. No official list was found: the words are ours, the number of absences is a local rule."""

    DIED = "DIED", "사망"
    MOVED = "MOVED", "전출"
    IN_HOSPITAL = "IN_HOSPITAL", "장기 입원·시설 입소"
    LONG_TERM_CARE = "LONG_TERM_CARE", "장기요양등급 인정"
    REFUSED = "REFUSED", "본인 거부"
    UNREACHABLE = "UNREACHABLE", "연락두절·반복 부재"
    GOAL_REACHED = "GOAL_REACHED", "목표 달성·증상 조절"
    HANDED_OVER = "HANDED_OVER", "다른 사업으로 이관"
    OTHER = "OTHER", "기타"
