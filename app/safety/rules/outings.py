"""Who is out, and what happens when they do not come back on time. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class AlarmStep(Labelled):
    """What happens when somebody does not come back on time, one step after the other, each once."""

    WORKER = "WORKER", "본인에게 알림"
    PARTNER_AND_SUPERVISOR = "PARTNER_AND_SUPERVISOR", "동행자와 팀장에게 알림"
    DUTY_LIST = "DUTY_LIST", "비상 연락망"
