"""The words of safety in the field and of protection. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class AlarmStep(Labelled):
    """What happens when somebody does not come back on time, one step after the other, each once."""

    WORKER = "WORKER", "본인에게 알림"
    PARTNER_AND_SUPERVISOR = "PARTNER_AND_SUPERVISOR", "동행자와 팀장에게 알림"
    DUTY_LIST = "DUTY_LIST", "비상 연락망"


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


class ProtectionKind(Labelled):
    """What opens a restricted task that must be dealt with at once."""

    CHILD_ABUSE = "CHILD_ABUSE", "아동학대 의심"
    ELDER_ABUSE = "ELDER_ABUSE", "노인학대 의심"
    DISABILITY_ABUSE = "DISABILITY_ABUSE", "장애인학대 의심"
    SUICIDE_RISK = "SUICIDE_RISK", "자살 위험"
