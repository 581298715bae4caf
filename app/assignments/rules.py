"""The two duties towards a household, and who may hold them. Pure."""

from __future__ import annotations

from enum import StrEnum

from app.access.permissions import Role


class Duty(StrEnum):
    """복지담당 or 방문간호사 of a household."""

    WORKER = "WORKER"
    NURSE = "NURSE"

    @property
    def label(self) -> str:
        return {Duty.WORKER: "복지담당", Duty.NURSE: "방문간호사"}[self]


def may_hold(duty: Duty, role: Role) -> bool:
    """A nurse's duty needs a nurse; a supervisor may stand in as a household's welfare worker."""
    return role is Role.NURSE if duty is Duty.NURSE else role in (Role.WORKER, Role.SUPERVISOR)
