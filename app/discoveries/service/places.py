"""To which centre a listed person belongs, and whether whoever sends the list may put them there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.access.identity import Identity
from app.accounts.models import Centre
from app.core.errors import NotFound, RuleBroken
from app.discoveries.rules import ListedPerson


@dataclass(frozen=True)
class Places:
    """The centres of a 시군구, as far as one sender may fill them."""

    by_dong: dict[str, Centre]
    reachable: frozenset[int]
    """Centres whose rows are taken in; rows of the others come back."""
    default: Centre | None
    """Takes rows that name no 행정동."""
    is_whole_district: bool

    def judged_for(self, persons: Iterable[ListedPerson]) -> str:
        """What else than the file decides the result: see `ImportedList.judged_for`."""
        if not self.is_whole_district:
            return f"centre:{self.default.id if self.default else 0}"
        needs_default = self.default is not None and not all(person.dong for person in persons)
        return f"district:{self.default.id}" if self.default is not None and needs_default else "district"

    @property
    def centre_of_bad_rows(self) -> int | None:
        """Who is to put rows right: the own centre, or the 시군구 that sent them."""
        return None if self.is_whole_district or self.default is None else self.default.id

    def centre_of(self, person: ListedPerson) -> Centre:
        """The person's centre.

        Raises:
            RuleBroken: there is none, or it is another one's; the text is the reason on the row.
        """
        centre = self.by_dong[person.dong] if person.dong else self.default
        if centre is None:
            raise RuleBroken("DONG_MISSING", "행정동 없음(파일에 행정동 칸을 넣거나, 올릴 때 센터를 골라 주세요)")
        if centre.id not in self.reachable:
            raise RuleBroken("OTHER_CENTRE", f"다른 센터의 행정동({centre.dong})")
        return centre


def places_for(centres: Sequence[Centre], actor: Identity, *, centre: Centre | None) -> Places:
    """Where `actor` may put people: everywhere in the 시군구, or the own centre alone.

    Args:
        centres: all centres of the 시군구.
        centre: takes rows without 행정동; by default the own centre.

    Raises:
        NotFound: the centre is out of scope.
    """
    is_whole_district = actor.account_id is None or not actor.role.belongs_to_centre
    ids = frozenset(each.id for each in centres)
    reachable = ids if is_whole_district else ids & actor.centre_ids
    default = centre or next((each for each in centres if each.id == actor.centre_id), None)
    if default is not None and default.id not in reachable:
        raise NotFound
    return Places({each.dong: each for each in centres}, reachable, default, is_whole_district)


def places_again(centres: Sequence[Centre], *, centre_id: int | None, judged_for: str) -> Places:
    """The places of a list that has come in: whoever goes on with it puts people where its sender could.

    Args:
        centres: all centres of the 시군구.
        centre_id, judged_for: as the list keeps them.
    """
    default = next((each for each in centres if each.id == centre_id), None)
    is_whole_district = judged_for.startswith("district")
    reachable = frozenset(each.id for each in centres) if is_whole_district else frozenset({centre_id or 0})
    return Places({each.dong: each for each in centres}, reachable, default, is_whole_district)
