"""The words of incidents: what happened to a member of the staff, as it is told first and made whole later. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.labelled import Labelled

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far a tablet's clock may be ahead of ours before a moment counts as one that has not come."""


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


class Called(Labelled):
    """Who was called at once."""

    POLICE = "112", "112"
    RESCUE = "119", "119"
    SUPERVISOR = "SUPERVISOR", "팀장"


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What is told in half a minute at the door. The id is made before it is sent, so that sent twice is once."""

    incident_id: UUID
    kind: IncidentKind
    occurred_at: datetime
    is_hurt: bool = False
    called: tuple[Called, ...] = ()
    what: str = ""
    account_id: int | None = None
    """To whom it happened; None for whoever reports."""


@dataclass(frozen=True, slots=True)
class IncidentAccount:
    """The same made whole afterwards, at a desk: what happened, and what was done about it."""

    kind: IncidentKind
    occurred_at: datetime
    is_hurt: bool
    called: tuple[Called, ...]
    what: str
    measures: str

    @property
    def is_whole(self) -> bool:
        """Whether it says what happened and what was done: then nothing is left to be completed."""
        return bool(self.what.strip() and self.measures.strip())


def account_to_json(account: IncidentAccount) -> dict[str, Any]:
    """What a version keeps; `account_from` reads it back."""
    return {
        "kind": account.kind.value, "occurred_at": account.occurred_at.isoformat(), "is_hurt": account.is_hurt,
        "called": [each.value for each in account.called], "what": account.what, "measures": account.measures,
    }  # fmt: skip


def account_from(kept: Mapping[str, Any]) -> IncidentAccount:
    """The account that `account_to_json` kept."""
    return IncidentAccount(
        IncidentKind(kept["kind"]), datetime.fromisoformat(kept["occurred_at"]), kept["is_hurt"],
        tuple(Called(value) for value in kept["called"]), kept["what"], kept["measures"],
    )  # fmt: skip


def has_not_come(occurred_at: datetime, now: datetime) -> bool:
    """Whether a moment lies ahead, by more than clocks differ."""
    return occurred_at > now + CLOCKS_DIFFER
