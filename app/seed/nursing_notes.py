"""The nurse's note: what was measured, what was said and seen, what was taught and agreed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .dice import happens, stream
from .phrases import Choice, Phrase, phrases
from .scenes import Measured, Scene
from .seed_files import read
from .storylines import Storylines
from .words import Blanks, Word

_FILE = "notes_nursing"
_MUST_MENTION = (("bp_high", "혈압"), ("pain_high", "통증"), ("glu_high", "혈당"))
_RELATIONS = {"SPOUSE": "배우자 ", "PARENT": "어머니 ", "SIBLING": "동생 ", "CHILD": "자녀 ", "HEAD": "세대주 "}

Line = tuple[str, str]
"""A sentence with its part: S said, O seen or measured, P planned."""


class NursingScribe:
    """Writes one household's nursing notes in order, so that nothing is said twice too soon."""

    def __init__(self, worn: Counter[str]) -> None:
        self._choice, self._storylines = Choice(worn), Storylines("NURSING")

    def visit(self, scene: Scene) -> str:
        """The note of a visit on which somebody was met."""
        if scene.crisis:
            return self._crisis(scene)
        lines = [("O", text) for text in self._readings(scene)]
        story = self._storylines.next_step(scene.rng, scene.facts) if happens(scene.rng, 0.42) else None
        lines += [("O", story[1])] if story else []
        lines += self._topics(scene, {story[0]} if story else set())
        lines += self._closing(scene)
        return _soap(lines) if scene.is_soap else " ".join(text for _, text in lines)

    def call(self, scene: Scene) -> str:
        """The note of a telephone call."""
        if scene.occasion.tag == "after_crisis":
            return self._write(scene, phrases(_FILE, "after_crisis"))
        return self._write(scene, phrases(_FILE, "calls"))

    def shared_line(self, scene: Scene) -> str:
        """One line that the welfare side may read; '' on every other visit. A danger is always passed on."""
        if scene.crisis:
            return self._write(scene, phrases(_FILE, "shared_crisis"))
        return self._write(scene, phrases(_FILE, "shared")) if happens(scene.rng, 0.5) else ""

    def _crisis(self, scene: Scene) -> str:
        others = [text for one in scene.measured[1:] for text in self._other(scene, one)]
        script = crisis_script(scene).note
        pressure = [] if "{bp" in script else [self._write(scene, phrases(_FILE, "lines", "bp"))]
        return " ".join([*pressure, scene.blanks.fill(script), *others, *(text for _, text in self._closing(scene))])

    def _readings(self, scene: Scene) -> list[str]:
        if not scene.measured:
            return []
        others = [text for one in scene.measured[1:] for text in self._other(scene, one)]
        now = scene.measured[0].now
        if now.not_taken:
            reason = next(iter(now.not_taken.values()))
            return [self._write(scene, phrases(_FILE, "lines", "not_measured"), frozenset({reason})), *others]
        kinds = ["bp", *(["glucose"] if now.glucose else []), *(["weight"] if now.weight is not None else [])]
        return [*(self._write(scene, phrases(_FILE, "lines", kind)) for kind in kinds), *others]

    def _other(self, scene: Scene, one: Measured) -> list[str]:
        if one.now.not_taken:
            return []
        blanks = Blanks(lambda name: "")
        words = {**one.words, "who": f"{_RELATIONS.get(one.member.relation, '')}{one.member.name}님"}
        blanks.update({name: Word(word) for name, word in words.items()})
        kinds = ["other_person"]
        kinds += ["other_high"] if one.facts & {"bp_mid", "bp_high"} else []
        kinds += ["other_glucose"] if one.now.glucose else []
        chosen = [self._choice.pick(scene.rng, phrases(_FILE, "lines", kind), one.facts) for kind in kinds]
        return [blanks.fill(phrase.text) for phrase in chosen if phrase]

    def _topics(self, scene: Scene, told: set[str]) -> list[Line]:
        """One to three sentences on topics not yet told, first what the numbers demand."""
        lines: list[Line | None] = []
        topics = phrases(_FILE, "topics")
        for fact, topic in _MUST_MENTION:
            if scene.says(fact):
                lines.append(self._topic(scene, [p for p in topics if p.topic == topic and p.needs(fact)], told))
        lines += [self._topic(scene, topics, told) for _ in range(scene.rng.choice((1, 2, 2, 2, 3)))]
        order = {"S": 0, "O": 1, "P": 2}
        return sorted((line for line in lines if line), key=lambda line: order[line[0]])

    def _topic(self, scene: Scene, options: list[Phrase] | tuple[Phrase, ...], told: set[str]) -> Line | None:
        phrase = self._choice.pick(scene.rng, options, scene.facts, told)
        if phrase is None:
            return None
        told.add(phrase.topic)
        return phrase.part, scene.blanks.fill(phrase.text)

    def _closing(self, scene: Scene) -> list[Line]:
        if not happens(scene.rng, 0.9 if scene.promised_on else 0.4):
            return []
        return [("P", self._write(scene, phrases(_FILE, "closings")))]

    def _write(self, scene: Scene, options: tuple[Phrase, ...], facts: frozenset[str] | None = None) -> str:
        phrase = self._choice.pick(scene.rng, options, scene.facts if facts is None else facts)
        return scene.blanks.fill(phrase.text) if phrase else ""


@dataclass(frozen=True, slots=True)
class CrisisScript:
    """How one crisis goes: what the note says, what was done, in a word and a sentence, and which symptoms there were."""

    note: str
    action: str
    done: str
    symptoms: tuple[str, ...]


def crisis_script(scene: Scene) -> CrisisScript:
    """The script of a scene with a crisis, the same one every time."""
    assert scene.crisis  # noqa: S101 - only asked for one
    rows = read(_FILE)["crisis"][scene.crisis.kind]
    note, action, done, symptoms = stream("script", scene.crisis).choice(rows)
    return CrisisScript(note, action, done, tuple(symptoms.split()))


def _soap(lines: list[Line]) -> str:
    """The way some nurses write: S) …, O) …, P) …."""
    parts = {part: " ".join(text for of, text in lines if of == part) for part in "SOP"}
    return " ".join(f"{part}) {text}" for part, text in parts.items() if text)
