"""The words of incidents: what happened to a member of the staff. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class IncidentKind(Labelled):
    """What happened to a member of the staff. Labels as in the ministry's count of 2019–2022."""

    VERBAL = "VERBAL", "폭언"
    PHYSICAL = "PHYSICAL", "물리적 폭력"
    SEXUAL = "SEXUAL", "성적 폭력"
    INFECTION = "INFECTION", "감염"
    ANIMAL = "ANIMAL", "반려견 공격"
    SUICIDE_THREAT = "SUICIDE_THREAT", "자살 위협"
    KILL_THREAT = "KILL_THREAT", "살해 협박"
    STALKING = "STALKING", "스토킹"
    WEAPON = "WEAPON", "흉기"
    OTHER = "OTHER", "기타"
