"""A record told in the order of a national form, to be pasted there: 행복이음 and PHIS are complemented, not replaced.

What those screens ask for could not be seen, so fields, their order and their lengths are data with a version, a
source and how sure it is (`national_forms.json`). Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.labelled import Labelled
from app.core.privacy import mask_resident_numbers
from app.follow_ups.rules import ContactMode, Purpose
from app.visits.rules.graphemes import split_clusters
from app.visits.rules.states import NationalSystem

KEYS = frozenset(
    {
        "happened", "mode", "place", "whom", "purpose", "content", "actions", "plan", "by", "group", "vitals", "nursing",
        "done", "medicines", "told",
    }
)  # fmt: skip
"""What a field of a form may be filled with."""
HEALTH_KEYS = frozenset({"group", "vitals", "nursing", "medicines"})
CONFIDENCES = {"high": "높음", "medium": "보통", "low": "낮음"}
LONGEST = 20_000
_SENTENCE_ENDS = re.compile(r"[.!?…](?=\s)|\n")


class NationalFormError(ValueError):
    """The table of national forms cannot be used; the text says why."""


class EntryState(Labelled):
    """How a record stands to a national system."""

    OPEN = "OPEN", "아직 입력하지 않음"
    DONE = "DONE", "입력 완료"
    STALE = "STALE", "정정 뒤 다시 입력 필요"


@dataclass(frozen=True, slots=True)
class NationalField:
    """One box of the form; `limit` in characters, 0 without one."""

    key: str
    label: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class NationalForm:
    """One system's form: which records belong there, and its boxes in their order."""

    system: NationalSystem
    title: str
    version: str
    source: str
    confidence: str
    purposes: frozenset[Purpose]
    modes: frozenset[ContactMode]
    fields: tuple[NationalField, ...]
    limit: int
    look_back_days: int
    tells_health: bool = False
    """Whether it may be told only by those who read health."""

    def wants(self, purpose: Purpose, mode: ContactMode) -> bool:
        """Whether a record of this kind is typed into the system as well."""
        return purpose in self.purposes and mode in self.modes


@dataclass(frozen=True, slots=True)
class FieldText:
    """What goes into one box."""

    label: str
    text: str
    limit: int
    was_cut: bool

    @property
    def count(self) -> int:
        return len(self.text)

    @property
    def line(self) -> str:
        """«상담방법: 방문-대면»; what has several lines begins below its label."""
        return f"{self.label}:\n{self.text}" if "\n" in self.text else f"{self.label}: {self.text}"


@dataclass(frozen=True, slots=True)
class NationalText:
    """A record as it is pasted: box by box, or all of it."""

    form: NationalForm
    fields: tuple[FieldText, ...]

    @property
    def text(self) -> str:
        return cut_at_sentence("\n".join(field.line for field in self.fields), self.form.limit)

    @property
    def was_cut(self) -> bool:
        return any(field.was_cut for field in self.fields) or self.text != "\n".join(f.line for f in self.fields)


def compose(form: NationalForm, words: Mapping[str, str]) -> NationalText:
    """The record's `words` in the boxes of a form; empty ones are left out, resident numbers hidden."""
    told = ((field, mask_resident_numbers(words.get(field.key, "")).strip()) for field in form.fields)
    return NationalText(form, tuple(_boxed(field, text) for field, text in told if text))


def _boxed(field: NationalField, text: str) -> FieldText:
    fitting = cut_at_sentence(text, field.limit)
    return FieldText(field.label, fitting, field.limit, fitting != text)


def cut_at_sentence(text: str, limit: int) -> str:
    """`text` in at most `limit` characters (0: as it is), ended after a whole sentence where one ends in its second half.

    What was cut ends in «…».
    """
    if not limit or len(text) <= limit:
        return text
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(text[: limit - 1])]
    if ends and ends[-1] >= limit // 2:
        return text[: ends[-1]].rstrip() + "…"
    return _within(text, limit)


def _within(text: str, limit: int) -> str:
    """Cut between visible characters, and after a word where one ends near; inside one that is longer than the box."""
    *whole, last = split_clusters(text[:limit])
    fitting = "".join(whole).rstrip() or last[: limit - 1]
    before, space, _rest = fitting.rpartition(" ")
    return f"{before if space and len(before) > limit * 0.8 else fitting}…"


def state_of(entered: int | None, version: int) -> EntryState:
    """How a record of `version` stands when the newest version typed was `entered`."""
    if entered is None:
        return EntryState.OPEN
    return EntryState.DONE if entered >= version else EntryState.STALE


def national_forms_from(text: str) -> dict[NationalSystem, NationalForm]:
    """The forms out of a JSON document.

    Raises:
        NationalFormError: it is no such document, or names a key, a purpose or a length nobody knows.
    """
    try:
        document = json.loads(text)
        forms = [_form(document, each) for each in document["forms"]]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise NationalFormError(f"national_forms.json cannot be read: {error}") from error
    if len({form.system for form in forms}) != len(forms):
        raise NationalFormError("national_forms.json names a system twice")
    return {form.system: form for form in forms}


def _form(document: Mapping[str, Any], row: Mapping[str, Any]) -> NationalForm:
    fields = tuple(_field(each) for each in row["fields"])
    form = NationalForm(
        system=NationalSystem(row["system"]),
        title=str(row["title"]),
        version=str(document["version"]),
        source=str(row["source"]),
        confidence=CONFIDENCES[row["confidence"]],
        purposes=frozenset(Purpose(each) for each in row["purposes"]),
        modes=frozenset(ContactMode(each) for each in row["modes"]),
        fields=fields,
        limit=_length(row.get("limit", 0)),
        look_back_days=_length(document["look_back_days"]),
        tells_health=row.get("tells_health") is True,
    )
    if not form.tells_health and any(field.key in HEALTH_KEYS for field in fields):
        raise ValueError(f"{form.system}: health fields need tells_health")
    return form


def _field(row: Mapping[str, Any]) -> NationalField:
    if row["key"] not in KEYS:
        raise ValueError(f"{row['key']!r} is no field")
    return NationalField(row["key"], str(row["label"]), _length(row.get("limit", 0)))


def _length(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LONGEST or 0 < value < 20:
        raise ValueError(f"{value!r} is no length")
    return value
