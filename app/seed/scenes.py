"""Everything a note is written from: the occasion, the people, the numbers and the facts of one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from .blanks import day_words, new_blanks, vitals_words
from .crises import Crisis
from .dice import happens
from .facts import day_facts, vitals_facts
from .occasions import Occasion
from .portraits import Portrait
from .shapes import MemberPlan, VitalsPlan
from .words import Blanks


@dataclass(frozen=True, slots=True)
class Measured:
    """One member's vitals with what was last known of each kind before."""

    member: MemberPlan
    now: VitalsPlan
    before: VitalsPlan | None

    @property
    def facts(self) -> frozenset[str]:
        return vitals_facts(self.now, self.before)

    @property
    def words(self) -> dict[str, str]:
        return vitals_words(self.now, self.before)


@dataclass(frozen=True, slots=True)
class Scene:
    """One record before it is written. `measured` begins with the member who sets the nurse's pace."""

    rng: Random
    portrait: Portrait
    occasion: Occasion
    facts: frozenset[str]
    blanks: Blanks
    measured: tuple[Measured, ...] = ()
    crisis: Crisis | None = None
    promised_on: date | None = None
    promise_note: str = ""
    is_soap: bool = False

    def says(self, fact: str) -> bool:
        return fact in self.facts


def set_scene(
    rng: Random,
    portrait: Portrait,
    occasion: Occasion,
    *,
    lasting: frozenset[str],
    measured: Sequence[Measured] = (),
    crisis: Crisis | None = None,
    promised_on: date | None = None,
    promise_note: str = "",
    words: Mapping[str, str] | None = None,
    circumstances: frozenset[str] = frozenset(),
    is_soap: bool = False,
) -> Scene:
    """A scene with its facts drawn together and its blanks ready; `circumstances` and `words` are of this visit alone."""
    facts = lasting | day_facts(occasion.on) | circumstances | {occasion.mode.lower()}
    facts |= _measured_facts(measured) | ({"promise_made"} if promised_on else frozenset())
    facts |= _mood(rng, facts, crisis)
    given = dict(measured[0].words) if measured else {}
    given |= {"promise": day_words(promised_on), "promise_note": promise_note} if promised_on else {}
    given |= words or {}
    blanks = new_blanks(rng, portrait, occasion.on, given)
    return Scene(
        rng, portrait, occasion, frozenset(facts), blanks, tuple(measured), crisis, promised_on, promise_note, is_soap
    )


def _measured_facts(measured: Sequence[Measured]) -> frozenset[str]:
    """The facts of the first member; nobody's pressure is called good while another's in the room is not."""
    if not measured:
        return frozenset()
    facts = measured[0].facts
    others = frozenset().union(*(one.facts for one in measured[1:]))
    return facts - {"bp_ok", "bp_down"} if others & {"bp_mid", "bp_high", "bp_crisis"} else facts


def _mood(rng: Random, facts: frozenset[str], crisis: Crisis | None) -> frozenset[str]:
    """Whether it is a good or a bad day; what was measured speaks first."""
    if crisis or facts & {"weight_down", "pain_high"}:
        return frozenset({"bad"}) if crisis or happens(rng, 0.5) else frozenset()
    if happens(rng, 0.36 if "risk_high" in facts else 0.16):
        return frozenset({"bad"})
    return frozenset({"good"}) if happens(rng, 0.2 if "risk_high" in facts else 0.45) else frozenset()
