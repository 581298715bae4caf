"""On what ground health detail of a household is shared outside nursing, on a day. Pure.

A ground set by hand stands until somebody changes it. Consents about health (민감정보, 개인정보 보호법 제23조) count by
themselves while everybody who lives there has one in force: nobody agrees for somebody else. Whoever took theirs back, or
let it run out, is not shared by consent any more, whatever was set by hand for that consent; a ground of another kind
stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from app.households.rules.vocabulary import HealthGround


@dataclass(frozen=True, slots=True)
class HealthConsent:
    """One signed consent about health of somebody who lives in the household."""

    member_id: int
    ground: HealthGround
    """The person's own consent, or that of whoever agrees for them by law."""
    given_on: date
    valid_until: date | None
    holds: bool
    """Whether it is in force on the day that is asked about."""


@dataclass(frozen=True, slots=True)
class HealthBasis:
    """What sharing rests on; without a ground it is not shared."""

    ground: HealthGround | None = None
    consent: HealthConsent | None = None
    """The consent in force that is the ground; None for one set by hand."""
    has_lapsed: bool = False
    """Whether somebody's consent ran out or was taken back, and nothing else is a ground."""
    is_partial: bool = False
    """Whether somebody agreed and somebody else has not yet, and nothing else is a ground."""

    @property
    def words(self) -> str:
        """«본인 동의 (민감정보 동의, 2027-11-22까지)», «본인 동의 (직접 정함)», or that it is not shared, and why."""
        if self.has_lapsed:
            return "동의가 끝났거나 거두어짐 (간호만 봄)"
        if self.is_partial:
            return "아직 동의하지 않은 가구원이 있음 (간호만 봄)"
        if self.ground is None:
            return "근거 없음 (간호만 봄)"
        return f"{self.ground.label} ({self._source})"

    @property
    def _source(self) -> str:
        if self.consent is None:
            return "직접 정함"
        until = self.consent.valid_until
        return f"민감정보 동의, {until}까지" if until else "민감정보 동의"


def health_basis(
    by_hand: HealthGround | None, consents: Iterable[HealthConsent], people: Collection[int]
) -> HealthBasis:
    """What counts of a ground set by hand and of the consents of those who live there, `people`, by their keys."""
    newest = sorted(consents, key=lambda each: (each.holds, each.given_on))
    of_member = {each.member_id: each for each in newest}  # one in force rather than one that was
    lapsed = {each.ground for each in of_member.values() if not each.holds}
    agrees_each = of_member.keys() >= set(people)
    held = newest[-1] if newest and agrees_each and not lapsed else None
    if held is not None and by_hand in (None, held.ground):
        return HealthBasis(held.ground, held)
    if by_hand is not None and by_hand not in lapsed:
        return HealthBasis(by_hand)
    return HealthBasis(has_lapsed=bool(lapsed), is_partial=bool(newest) and not lapsed and not agrees_each)
