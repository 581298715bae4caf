"""Reading the table of judgements, strictly: a mistyped bound must not colour a value wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from app.households.rules import Sex
from app.visits.rules.alarms import RequiredAction, Symptom, Tone
from app.visits.rules.judgements import BMI, Band, Bound, Judgement, Judgements
from app.visits.rules.vital_kinds import GlucoseContext, VitalKind

Document = Mapping[str, Any]
Checklists = Mapping[str, tuple[Symptom, ...]]
Word = TypeVar("Word", bound=StrEnum)

_SUBJECTS = {*VitalKind, BMI}
_NUMBERS = {"systolic", "diastolic", "value"}
_CONFIDENCES = {"high", "medium", "low"}
_BOUND_KEYS = {"of", "at_least", "below"}
_BAND_KEYS = {
    *("subject", "code", "label", "tone", "any", "all", "text", "source"),
    *("action", "checklist", "contexts", "sex", "needs_symptom"),
}


def load_judgements(document: Document) -> Judgements:
    """One version of the table from a document shaped like `seed_data/vitals_judgements.json`.

    Raises ValueError, naming the place, when a key is missing or unknown, a code is met twice, or a word is
    not one of ours.
    """
    with _reading("document"):
        checklists = _checklists(document["checklists"])
        return Judgements(
            version=_text(document["version"]),
            effective_from=date.fromisoformat(document["effective_from"]),
            source=_text(document["source"]),
            confidence=_one_of(_CONFIDENCES, document["confidence"]),
            caution=_text(document["caution"]),
            bands=_bands(document, checklists),
            checklists=checklists,
        )


def _checklists(lists: Document) -> dict[str, tuple[Symptom, ...]]:
    with _reading("checklists"):
        return {name: tuple(_word(Symptom, code) for code in codes) for name, codes in lists.items()}


def _bands(document: Document, checklists: Checklists) -> tuple[Band, ...]:
    bands: list[Band] = []
    for place, row in enumerate(document["bands"]):
        with _reading(f"bands[{place}]"):
            band = _band(row, _judgement(row, document, checklists))
            if any(band.says.code == earlier.says.code for earlier in bands):
                raise ValueError(f"code {band.says.code} is met twice")
            bands.append(band)
    return tuple(bands)


def _band(row: Document, says: Judgement) -> Band:
    _expect_only(_BAND_KEYS, row)
    if ("any" in row) == ("all" in row):
        raise ValueError("needs either «any» or «all»")
    return Band(
        subject=_one_of(_SUBJECTS, row["subject"]),
        bounds=tuple(_bound(bound) for bound in row.get("any", row.get("all"))),
        says=says,
        needs_all="all" in row,
        contexts=frozenset(_word(GlucoseContext, code) for code in row.get("contexts", ())),
        sex=_word(Sex, row["sex"]) if "sex" in row else None,
        needs_symptom=row.get("needs_symptom", False) is True,
    )


def _judgement(row: Document, document: Document, checklists: Checklists) -> Judgement:
    source = document["sources"][row["source"]]
    return Judgement(
        code=_text(row["code"]),
        label=_text(row["label"]),
        tone=_word(Tone, row["tone"]),
        text=_text(row["text"]),
        source=_text(source["title"]),
        confidence=_one_of(_CONFIDENCES, source["confidence"]),
        version=_text(document["version"]),
        action_required=_word(RequiredAction, row["action"]) if "action" in row else None,
        checklist=checklists[row["checklist"]] if "checklist" in row else (),
    )


def _bound(bound: Document) -> Bound:
    _expect_only(_BOUND_KEYS, bound)
    if len(bound) < 2:
        raise ValueError("a bound needs «at_least» or «below»")
    return Bound(_one_of(_NUMBERS, bound["of"]), _number(bound, "at_least"), _number(bound, "below"))


def _number(bound: Document, side: str) -> Decimal | None:
    return Decimal(str(bound[side])) if side in bound else None


def _text(words: object) -> str:
    if not isinstance(words, str):
        raise ValueError(f"{words!r} should be text")
    return words


def _word(words: type[Word], code: str) -> Word:
    found = next((word for word in words if word.value == code), None)
    if found is None:
        raise ValueError(f"{code!r} is no {words.__name__}")
    return found


def _one_of(known: set[str], word: str) -> str:
    if word not in known:
        raise ValueError(f"{word!r} is none of {', '.join(sorted(known))}")
    return word


def _expect_only(known: set[str], row: Document) -> None:
    unknown = sorted(set(row) - known)
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(unknown)}")


@contextmanager
def _reading(place: str) -> Iterator[None]:
    try:
        yield
    except KeyError as missing:
        raise ValueError(f"{place}: {missing} is missing") from missing
    except (AttributeError, TypeError, ValueError, InvalidOperation) as wrong:
        raise ValueError(f"{place}: {wrong}") from wrong
