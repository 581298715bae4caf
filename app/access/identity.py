"""Who is asking, from where. Frozen, so a request judges one person from beginning to end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.access.permissions import Role


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act comes from, as the access log (접속기록) must record it."""

    address: str = ""
    """Network address of the device, "" when nothing travelled over a network."""
    device: str = ""
    """Short description of the browser or program; never a name."""
    request_id: str = ""
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A person of the staff, with the centres whose households this role may ever see."""

    account_id: int | None
    """None only for the system itself (commands and jobs)."""
    name: str
    role: Role
    centre_id: int | None
    """Own centre; None for people of the 시군구."""
    centre_name: str
    district_id: int
    centre_ids: frozenset[int]
    """Scope: the own centre, all centres of the 시군구, or none for ADMIN."""
    origin: Origin = field(default_factory=Origin)
    covered_ids: frozenset[int] = frozenset()
    """Accounts whose households this person covers today (대직)."""
    today: date | None = None
    """The Korean day on which this person asks; None for the system, to which no consent opens anything."""

    @property
    def acting_for(self) -> frozenset[int]:
        """The own account and those covered today."""
        own = frozenset() if self.account_id is None else frozenset({self.account_id})
        return own | self.covered_ids


def scope_of(role: Role, centre_id: int | None, district_centre_ids: frozenset[int]) -> frozenset[int]:
    """The centres whose client data a role may see: own centre, the whole 시군구, or none for ADMIN."""
    if role is Role.ADMIN:
        return frozenset()
    if role.belongs_to_centre:
        return frozenset() if centre_id is None else frozenset({centre_id})
    return district_centre_ids
