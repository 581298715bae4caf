"""What people, scripts and attackers put into forms, as changes to a form that would have been accepted."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.integration.bad_input.sheets import CHOSEN, Control, Sheet

Sent = dict[str, Any]
"""What goes out under each name: a text, several, or something that opens a file."""

DECOMPOSED = unicodedata.normalize("NFD", "한글")
PRINTABLE = f"=1+1 <b>&\"'뷁 {DECOMPOSED} 👩‍⚕️"
INVISIBLE = "\u202e거꾸로\u202c \x00\x01\x1f\x7f\u200b끝"
SPACES = " \t\u3000\u00a0 "
RESIDENT_NUMBER = "410302-2345678"
TOO_LARGE = str(2**63)

WRONG: Mapping[str, tuple[str, ...]] = {
    "number": ("１２", "-1", "9" * 400, "1e999", "NaN", "12.345678"),
    "date": ("2026-02-30", "２０２６-11-23", "어제", "-1", "2026-11-23T00:00", "20261123"),
    "time": ("25:99", "１２:30", "어제", "-1", "09:00:00.000001+09:00", "0900"),
    "choice": ("없는 것", TOO_LARGE, "-1", "뷁é\x00", "１", "1e9"),
    "hidden": ("없는 것", TOO_LARGE, "-1", "뷁é\x00", "[" * 3000, "9" * 5000),
    "email": ("<b>&@korea.kr", "가" * 300 + "@korea.kr", "a@b\x00.kr", "a@b.kr\r\nBcc: x@y.kr", "＠", "@"),
}
ROUNDS, ROUNDS_OF_STORAGE = range(6), (1, 3, 5)
EXTREMES = ("0001-01-01", "1899-12-31", "2206-11-23", "9999-12-31")
"""Days there are, which nobody means; 2206 is 2026 with two figures exchanged."""
FILES: Mapping[str, tuple[bytes, str]] = {
    "an empty file": (b"", "빈 파일.csv"),
    "a file of nothing readable": (bytes(range(256)) * 40, "\u202e뷁\x01<b>.xlsx"),
    "half a workbook": (b"PK\x03\x04" + bytes(200), "../../명단.xlsx"),
    "a file of one endless line": ("성명,생년월일\n".encode() + "가".encode() * 100_000, "a" * 400 + ".csv"),
}
UNTOUCHED = ("csrf_token", "next")
"""The token has cases of its own; where one is led on to is never a value of the form."""


DRAFTS: tuple[Any, ...] = (
    [],
    "글",
    1,
    None,
    {},
    {"body": []},
    {"body": "글"},
    {"body": None},
    {"body": {"welfare_note": None}},
    {"body": {"welfare_note": PRINTABLE, "note": PRINTABLE}},
    {"body": {"welfare_note": "\x00\x01"}},
    {"body": {"welfare_note": "\ud83d"}},
    {"body": {"\ud83d\x00": "글"}},
    {"body": {"members_seen": [[["글"]]]}},
    {"body": {"members_seen": [1e308, True, {"a": 1}], "occurred_on": 20261123, "began": {}}},
    {"body": {}, "version": "뷁"},
    {"body": {}, "version": 2**63},
    {"body": {}, "version": -1},
    {"body": {}, "version": [1]},
    {"body": {}, "version": 1e400},
    {"body": {"a" * 3000: "가" * 200_000}},
)
"""What a script may send for a draft, or anybody in its name."""


@dataclass(frozen=True)
class Case:
    """One kind of nonsense, and what has to hold beyond what always holds."""

    name: str
    changes: Sent
    leaves_out: frozenset[str] = frozenset()
    has_token: bool = True
    is_kept: bool = False
    """The texts have to be found in the database where they are accepted."""
    is_secret: bool = False
    """The texts may be found nowhere, and that has to be said."""
    is_empty: bool = False
    """The texts say nothing; where one is required that is no answer."""
    is_misshapen: bool = False
    """The values are none of their fields', so a refusal is about a field."""
    is_anothers: bool = False
    """The ids are another centre's; nothing of it may be reached."""
    is_for_storage: bool = False
    """What happens depends on the database underneath."""

    def without(self, names: set[str]) -> Case:
        """The same but for what was refused."""
        return replace(self, changes={name: value for name, value in self.changes.items() if name not in names})


def every_case(sheet: Sheet, foreign: Mapping[str, str]) -> Iterator[Case]:
    """All the nonsense that fits a form. `foreign` are ids of another centre, by what they are ids of."""
    if sheet.method == "get":
        yield from _wrong_values(sheet, ROUNDS_OF_STORAGE)
        return
    yield from _missing(sheet)
    yield from _files(sheet)
    yield from _texts(sheet)
    yield from _wrong_values(sheet)
    yield from _others_ids(sheet, foreign)
    yield Case("every field twice", {name: ["두 번", "세 번"] for name in _names(sheet)})


def _names(sheet: Sheet) -> list[str]:
    return [each.name for each in sheet.controls.values() if each.kind != "file" and each.name not in UNTOUCHED]


def _missing(sheet: Sheet) -> Iterator[Case]:
    yield Case("nothing but the token", {}, leaves_out=frozenset(sheet.controls) - {"csrf_token"})
    yield Case("no token", _in_texts(sheet, PRINTABLE), has_token=False)


def _files(sheet: Sheet) -> Iterator[Case]:
    if _names(sheet):
        yield Case("files for texts", {name: upload(b"\x00\xff", "a.txt") for name in _names(sheet)})
    for control in sheet.of_kind("file"):
        yield Case("a text for a file", {control.name: PRINTABLE})
        for name, (content, filename) in FILES.items():
            yield Case(name, {control.name: upload(content, filename)})


def upload(content: bytes, filename: str) -> Callable[[], tuple[io.BytesIO, str]]:
    """A file to be sent, made anew each time: sending closes it."""
    return lambda: (io.BytesIO(content), filename)


def _texts(sheet: Sheet) -> Iterator[Case]:
    if not sheet.of_kind("text", "area"):
        return
    yield Case("letters of every kind", _in_texts(sheet, PRINTABLE), is_kept=True, is_for_storage=True)
    yield Case("what cannot be seen", _in_texts(sheet, INVISIBLE), is_kept=True, is_for_storage=True)
    yield Case("spaces alone", {control.name: SPACES for control in sheet.of_kind("text", "area")}, is_empty=True)
    wrong = {name: WRONG[kind][0] for name, kind in _judged_kinds(sheet) if kind != "hidden"}
    yield Case("letters of every kind beside what is wrong", _in_texts(sheet, PRINTABLE) | wrong)
    yield Case("3,000 letters", _in_texts(sheet, "가나다 " * 750), is_kept=True, is_for_storage=True)
    yield Case("a resident number", _in_texts(sheet, RESIDENT_NUMBER), is_secret=True)
    for area in sheet.of_kind("area"):
        yield Case("200,000 letters", {area.name: "가" * 200_000}, is_kept=True, is_for_storage=True)


def _in_texts(sheet: Sheet, words: str) -> Sent:
    """The words in every text, each with a mark by which that very field is known again."""
    places = {name: place for place, name in enumerate(sheet.controls)}
    return {control.name: f"{words} m{places[control.name]}" for control in sheet.of_kind("text", "area")}


def _wrong_values(sheet: Sheet, rounds: Iterable[int] = ROUNDS) -> Iterator[Case]:
    """In all fields at once; whoever sends them takes out what was refused, so that the rest is looked at as well."""
    for place in rounds:
        changes = {name: WRONG[kind][place] for name, kind in _judged_kinds(sheet)}
        if changes:
            yield Case(
                f"wrong values {place + 1}", changes, is_misshapen=True, is_for_storage=place in ROUNDS_OF_STORAGE
            )
    for on in EXTREMES if sheet.of_kind("date") else ():
        yield Case(on, {control.name: on for control in sheet.of_kind("date")}, is_for_storage=True)


def _judged_kinds(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for control in sheet.controls.values():
        kind = "choice" if control.kind in CHOSEN else control.kind
        if kind in WRONG and control.name not in UNTOUCHED:
            yield control.name, kind


def _others_ids(sheet: Sheet, foreign: Mapping[str, str]) -> Iterator[Case]:
    """A field that holds ids gets those of another centre's people and households."""
    for what, key in foreign.items():
        changes = {control.name: key for control in sheet.of_kind(*CHOSEN, "hidden") if _holds_ids(control)}
        if changes:
            yield Case(f"another centre's {what}", changes, is_anothers=True, is_for_storage=True)


def _holds_ids(control: Control) -> bool:
    return control.name != "version" and any(value.isdecimal() for value in (*control.offered, *control.values))
