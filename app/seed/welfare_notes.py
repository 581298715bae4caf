"""The welfare worker's note: visits, calls, people who came to the centre, and doors that stayed shut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from .dice import happens
from .phrases import Choice, Phrase, phrases
from .scenes import Scene
from .seed_files import read
from .storylines import Storylines

_FILE, _CONTACTS = "notes_welfare", "notes_contacts"


class WelfareScribe:
    """Writes one household's welfare notes and contact notes in order."""

    def __init__(self, worn: Counter[str]) -> None:
        self._choice, self._storylines = Choice(worn), Storylines("WELFARE")

    def write(self, scene: Scene) -> str:
        """The note of any occasion that is not nursing alone."""
        mode = scene.occasion.mode
        if mode == "FACE":
            return self._visit(scene)
        if mode == "CALL" and scene.occasion.purpose == "CHECK_IN":
            return self._check_in(scene)
        return self._call(scene) if mode == "CALL" else self.contact(scene, mode.lower())

    def contact(self, scene: Scene, kind: str) -> str:
        """The short note of an absence, an unanswered call, a letter, a neighbour asked, or somebody at the counter."""
        lines = [self._pick(scene, phrases(_CONTACTS, kind))]
        if kind == "office" and happens(scene.rng, 0.5):
            lines.append(self._topic(scene, set()))
        return _join(lines)

    def neighbour_said(self, scene: Scene) -> str:
        """What a neighbour answered when asked about somebody who was not at home."""
        saying = scene.rng.choice(read(_CONTACTS)["neighbour_sayings"])
        return scene.blanks.fill(saying)

    def _visit(self, scene: Scene) -> str:
        told: set[str] = set()
        lines = [self._opening(scene)]
        story = self._storylines.next_step(scene.rng, scene.facts) if happens(scene.rng, 0.45) else None
        if story:
            told.add(story[0])
            lines.append(story[1])
        wanted = scene.rng.choice((1, 2, 2)) if story else scene.rng.choice((2, 2, 3))
        lines += [self._topic(scene, told) for _ in range(wanted)]
        if happens(scene.rng, 0.9 if scene.promised_on else 0.35):
            lines.append(self._pick(scene, phrases(_FILE, "closings")))
        return _join(lines)

    def _opening(self, scene: Scene) -> str:
        for kind in ("first", "joint", "police", "pair", "after_absence", "kept_promise"):
            if scene.says(kind):
                return self._pick(scene, phrases(_FILE, "openings", kind))
        return ""

    def _call(self, scene: Scene) -> str:
        lines = [self._pick(scene, phrases(_FILE, "openings", "after_absence"))] if scene.says("after_absence") else []
        lines.append(self._pick(scene, phrases(_CONTACTS, "call")))
        if happens(scene.rng, 0.6):
            lines.append(self._topic(scene, set()))
        return _join(lines)

    def _check_in(self, scene: Scene) -> str:
        tag = scene.occasion.tag
        lines = [self._pick(scene, phrases(_CONTACTS, "check_in", tag if tag in ("heat", "cold") else "plain"))]
        if happens(scene.rng, 0.35):
            lines.append(self._topic(scene, {"난방·냉방"}))
        return _join(lines)

    def _topic(self, scene: Scene, told: set[str]) -> str:
        phrase = self._choice.pick(scene.rng, phrases(_FILE, "topics"), scene.facts, told)
        if phrase is None:
            return ""
        told.add(phrase.topic)
        return scene.blanks.fill(phrase.text)

    def _pick(self, scene: Scene, options: Collection[Phrase]) -> str:
        phrase = self._choice.pick(scene.rng, options, scene.facts)
        return scene.blanks.fill(phrase.text) if phrase else ""


def _join(lines: list[str]) -> str:
    return " ".join(line for line in lines if line)
