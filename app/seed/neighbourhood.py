"""Draws the portraits of all households of the district."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from . import names
from .benefits import benefits_of
from .dice import happens, shuffled, stream
from .dwellings import find_home
from .families import Sketch, focus_of, settle, sketch_family, with_notes
from .portraits import Archetype, Portrait, age_on
from .seed_files import read
from .shapes import DwellingPlan, MemberPlan
from .words import Word
from .workdays import Workdays

_MIX = (
    (Archetype.ELDER_SINGLE, 88), (Archetype.MIDDLE_SINGLE, 30), (Archetype.ELDER_COUPLE, 42),
    (Archetype.SINGLE_PARENT, 24), (Archetype.GRANDPARENT, 16), (Archetype.MULTICULTURAL, 14),
    (Archetype.ELDER_FAMILY, 17), (Archetype.DISABLED_FAMILY, 12), (Archetype.SIBLINGS, 7),
)  # fmt: skip
_CLOSINGS = ("DIED", "MOVED", "DIED", "FACILITY", "MOVED", "IMPROVED", "MOVED", "DIED", "REFUSED")
_NEWCOMERS = 5


def draw_portraits(seed: int, today: date, workdays: Workdays) -> list[Portrait]:
    """All households, centre by centre, in the order of their keys."""
    deck = shuffled(stream(seed, "mix"), [kind for kind, count in _MIX for _ in range(count)])
    taken: set[tuple[str, str]] = set()
    portraits: list[Portrait] = []
    for centre in read("staff")["centres"]:
        for number in range(1, centre["households"] + 1):
            drawer = _Drawer(stream(seed, "household", centre["key"], number), today, workdays, taken)
            featured = read("featured")[number - 1] if centre["key"] == "garam" and number <= 3 else None
            portraits.append(drawer.draw(len(portraits), centre["key"], number, deck.pop(), featured))
    return _with_endings(seed, portraits, today, workdays)


class _Drawer:
    """Draws one household; `taken` are the homes that are let already."""

    def __init__(self, rng: Random, today: date, workdays: Workdays, taken: set[tuple[str, str]]) -> None:
        self.rng, self.today, self.workdays, self.taken = rng, today, workdays, taken

    def draw(
        self, index: int, centre: str, number: int, archetype: Archetype, featured: dict[str, Any] | None
    ) -> Portrait:
        key = f"{centre}-{number:03d}"
        archetype = Archetype(featured["archetype"]) if featured else archetype
        members = self._members(key, archetype, featured)
        traits = self._traits(archetype, featured)
        focus = with_notes(focus_of(members, self.today), traits)
        members = tuple(focus if m.key == focus.key else with_notes(m, ()) for m in members)
        home = self._home(centre, archetype, featured)
        return self._portrait(index, key, centre, archetype, members, focus, traits, home, featured or {})

    def _portrait(
        self,
        index: int,
        key: str,
        centre: str,
        archetype: Archetype,
        members: tuple[MemberPlan, ...],
        focus: MemberPlan,
        traits: tuple[str, ...],
        home: DwellingPlan,
        featured: dict[str, Any],
    ) -> Portrait:
        rng, slots = self.rng, read("slots")
        close = featured.get("kin_is_close", happens(rng, 0.55))
        kin = featured.get("kin") or rng.choice(read("people")["kin"]["close"])
        return Portrait(
            number=index,
            key=key,
            centre=centre,
            archetype=archetype,
            registered_on=self._registered_on(featured),
            members=members,
            focus=focus,
            dwelling=home,
            benefits=tuple(featured.get("benefits") or benefits_of(rng, archetype, members, self.today)),
            traits=traits,
            kin=kin,
            kin_is_close=close,
            neighbour=rng.choice(slots["neighbour"]),
            clinic=rng.choice(slots["clinic"]),
            part=rng.choice(slots["part"]),
            pet=featured.get("pet") or rng.choice(slots["pet_kind"]),
            phone=members[0].phone if happens(rng, 0.6) else names.telephone(rng),
            emergency_contact=self._emergency_contact(kin, close),
            note=_note(rng, kin if close else ""),
            health_ground=self._health_ground(focus),
            featured=featured.get("code", ""),
        )

    def _members(self, key: str, archetype: Archetype, featured: dict[str, Any] | None) -> tuple[MemberPlan, ...]:
        if not featured:
            return settle(self.rng, key, sketch_family(self.rng, archetype), self.today)
        rows = featured["members"]
        drawn = settle(self.rng, key, [Sketch(r["relation"], r["sex"], r["age"]) for r in rows], self.today)
        return tuple(_renamed(member, row) for member, row in zip(drawn, rows, strict=True))

    def _traits(self, archetype: Archetype, featured: dict[str, Any] | None) -> tuple[str, ...]:
        if featured:
            return tuple(featured["traits"])
        words = read("people")["traits"][_CIRCLES[archetype]]
        return tuple(sorted(set(self.rng.sample(words, self.rng.randint(3, 6)))))

    def _home(self, centre: str, archetype: Archetype, featured: dict[str, Any] | None) -> DwellingPlan:
        if not featured:
            return find_home(self.rng, centre, archetype, self.taken)
        home = DwellingPlan(*featured["dwelling"])
        self.taken.add((home.road_address, home.unit))
        return home

    def _registered_on(self, featured: dict[str, Any]) -> date:
        years = self.rng.random()
        ago = self.rng.randint(372, 1290) if years < 0.72 else self.rng.randint(24, 350)
        return self.workdays.at_or_before(self.today - timedelta(days=featured.get("registered_days_ago", ago)))

    def _emergency_contact(self, kin: str, close: bool) -> str:
        who = kin if close else self.rng.choice(read("people")["kin"]["distant"])
        if not close and happens(self.rng, 0.35):
            return ""
        return f"{who} {names.surname(self.rng)}○○ {names.mobile(self.rng)}"

    def _health_ground(self, focus: MemberPlan) -> str | None:
        if "memory" in focus.conditions:
            return "PROXY_CONSENT" if happens(self.rng, 0.6) else "CONSENT"
        return "CONSENT" if happens(self.rng, 0.82) else None


_CIRCLES = {
    Archetype.ELDER_SINGLE: "elder_single",
    Archetype.MIDDLE_SINGLE: "middle_single",
    Archetype.ELDER_COUPLE: "elder_pair",
    Archetype.GRANDPARENT: "elder_pair",
    Archetype.ELDER_FAMILY: "elder_pair",
    Archetype.SIBLINGS: "elder_pair",
    Archetype.SINGLE_PARENT: "young_family",
    Archetype.MULTICULTURAL: "young_family",
    Archetype.DISABLED_FAMILY: "young_family",
}


def _renamed(member: MemberPlan, row: dict[str, Any]) -> MemberPlan:
    return replace(member, name=row["name"], conditions=tuple(row["conditions"]), phone=member.phone)


def _note(rng: Random, kin: str) -> str:
    lines = [line for line in read("people")["household_notes"] if kin or "{kin" not in line]
    return str(rng.choice(lines)).format(kin=Word(kin)) if happens(rng, 0.6) else ""


def _with_endings(seed: int, portraits: list[Portrait], today: date, workdays: Workdays) -> list[Portrait]:
    """Some households will be closed during the year, and a few have only just come."""
    rng = stream(seed, "endings")
    order = [p.number for p in shuffled(rng, portraits) if not p.featured]
    for reason in _CLOSINGS:
        chosen = next(n for n in order if _may_end(portraits[n], reason, today))
        order.remove(chosen)
        portraits[chosen] = replace(portraits[chosen], closing=reason)
    for days_ago, number in enumerate(order[-_NEWCOMERS:], 1):
        portraits[number] = replace(portraits[number], registered_on=workdays.before(today, days_ago))
    return portraits


def _may_end(portrait: Portrait, reason: str, today: date) -> bool:
    if (today - portrait.registered_on).days < 366:
        return False
    if reason in ("DIED", "FACILITY"):
        return portrait.archetype is Archetype.ELDER_SINGLE and age_on(portrait.focus, today) >= 80
    return reason != "IMPROVED" or portrait.archetype is Archetype.MIDDLE_SINGLE
