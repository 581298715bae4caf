"""Who sees what of care. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.care.rules.omaha import ProblemKind


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of one household.

    `reads_health`: health detail. `is_close`: responsible for the household, or its supervisor, and so told of abuse.
    """

    account_id: int | None
    reads_health: bool
    is_close: bool

    def shows(self, kind: ProblemKind, *, opened_by_id: int | None = None) -> bool:
        """Whether a problem of this kind is shown; whoever opened one of abuse or neglect goes on seeing it."""
        if kind.is_restricted and not self.is_close:
            return opened_by_id is not None and opened_by_id == self.account_id
        return self.reads_health or not kind.is_health
