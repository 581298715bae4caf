"""Who does the work of cases and rounds in the story: by account, and one of each role for every centre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.access.identity import Identity
from app.access.permissions import Role


@dataclass(frozen=True)
class Team:
    """The staff of the district."""

    officer: Identity
    """The 시군구 담당, who sends the lists."""
    by_account: Mapping[int, Identity]
    workers: Mapping[int, Identity]
    """By centre, the first of its workers."""
    supervisors: Mapping[int, Identity]

    @classmethod
    def of(cls, people: Iterable[tuple[Identity, Role]]) -> Team:
        """Everybody with their role.

        Raises:
            StopIteration: there is no 시군구 담당.
        """
        staff = list(people)
        officer = next(who for who, role in staff if role is Role.DISTRICT)
        by_account = {who.account_id: who for who, _role in staff if who.account_id is not None}
        return cls(officer, by_account, _by_centre(staff, Role.WORKER), _by_centre(staff, Role.SUPERVISOR))

    def person(self, account_id: int | None) -> Identity | None:
        """Whose account it is, if anybody's."""
        return self.by_account.get(account_id or 0)


def _by_centre(staff: Iterable[tuple[Identity, Role]], wanted: Role) -> dict[int, Identity]:
    found: dict[int, Identity] = {}
    for who, role in staff:
        if role is wanted and who.centre_id is not None:
            found.setdefault(who.centre_id, who)
    return found
