"""What is wrong with an answer to nonsense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from app.core.privacy import mask_resident_numbers
from app.core.text import normalise
from app.web.forms import as_typed
from tests.integration.bad_input.nonsense import RESIDENT_NUMBER
from tests.integration.bad_input.sending import REDIRECTS, Outcome
from tests.integration.bad_input.sheets import TYPED, Control, Sheet
from tests.integration.bad_input.walking import shape

GROWN_UP = {200, 302, 404, 409, 422}
WITHOUT_TOKEN = {400, 403}
REMEMBERED = {"sign_in_failure"}
"""Written because something was refused."""
NAKED = "<b>&"
"""Part of what was typed; escaped it reads otherwise."""
_HANGUL = re.compile("[가-힣]")


def faults_of(outcome: Outcome) -> list[str]:
    """Everything wrong with one answer, in words; empty when it is as it should be."""
    return [*_status(outcome), *_shown(outcome), *_refusal(outcome), *_kept(outcome), *_secret(outcome)]


def left_behind(outcome: Outcome, before: Mapping[str, list[Any]]) -> Iterator[str]:
    """A refusal leaves the tables as they were."""
    changed = [name for name, rows in outcome.left.items() if rows != before[name] and name not in REMEMBERED]
    if changed:
        yield f"answers {outcome.status} and yet changes {changed}"


def _status(outcome: Outcome) -> Iterator[str]:
    is_open = outcome.case.has_token or outcome.sheet.method == "get"
    trouble = " ".join(outcome.trouble)
    if outcome.status not in (GROWN_UP if is_open else WITHOUT_TOKEN):
        yield f"answers {outcome.status} {trouble}"
    elif outcome.after != 200:
        yield f"leads to {outcome.after_url}, which answers {outcome.after} {trouble}"
    elif trouble:
        yield f"answers {outcome.status} but logs {trouble}"
    if outcome.after_url.startswith("/sign-in"):
        yield "leads to the front door: nobody is signed in any more"
    if outcome.reached:
        yield f"reaches what is another centre's: {outcome.reached}"


def _shown(outcome: Outcome) -> Iterator[str]:
    """Nothing typed becomes markup; a page of an error shows all of it."""
    if NAKED in outcome.html or NAKED in outcome.after_html:
        yield "shows what was typed as markup"
    if outcome.status in (400, 409):
        page = as_typed(unescape(outcome.html))
        for text in filter(_is_text, outcome.case.changes.values()):
            if as_typed(text) not in page:
                yield f"loses {text[:30]!r}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _refusal(outcome: Outcome) -> Iterator[str]:
    """A form that comes back says why, at the field, in Korean, with everything that was typed."""
    if outcome.status != 422:
        return
    yield from _messages(outcome)
    again = next((sheet for sheet in outcome.reading.sheets if is_again(sheet, outcome.sheet)), None)
    if again is None:
        yield "answers 422 without the form"
        return
    yield from _marks(again, outcome)
    yield from (fault for name, value in outcome.sent.items() for fault in _lost(again, name, value))


def is_again(sheet: Sheet, sent: Sheet) -> bool:
    """The same form, though it may ask more than before («맞습니까?»)."""
    is_there = shape(urlsplit(sheet.action).path) == shape(urlsplit(sent.action).path)
    return is_there and len(set(sheet.controls) & set(sent.controls)) * 2 > len(sent.controls)


def _messages(outcome: Outcome) -> Iterator[str]:
    reading = outcome.reading
    for line in (*reading.summary, *reading.ids.values()):
        if not _HANGUL.search(line):
            yield f"says «{line.strip()}»"
    asks_back = any("confirmed" in sheet.controls for sheet in reading.sheets)
    if not reading.summary and not reading.ids and not asks_back:
        yield "answers 422 without a word"


def refused(outcome: Outcome) -> set[str]:
    """Names of the fields that are said to be wrong."""
    found: set[str] = set()
    for sheet in outcome.reading.sheets:
        if is_again(sheet, outcome.sheet):
            found |= {control.name for control in sheet.controls.values() if control.is_refused}
            linked = (sheet.known_by(link) for link in outcome.reading.summary_links)
            found |= {control.name for control in linked if control is not None}
    return found


def _marks(again: Sheet, outcome: Outcome) -> Iterator[str]:
    """A field that is refused says why; a value that is none of its field's is refused there."""
    for control in again.controls.values():
        ids = [id_ for id_ in control.error.split() if id_.endswith("-error")]
        if control.is_refused and not any(outcome.reading.ids.get(id_, "").strip() for id_ in ids):
            yield f"marks {control.name} without saying why"
    kinds = {again.controls.get(name, Control(name, "hidden")).kind for name in outcome.case.changes}
    if outcome.case.is_misshapen and not kinds & {"hidden", "button"} and not outcome.reading.summary_links:
        yield f"refuses without leading to a field: {outcome.reading.summary}"


def _lost(again: Sheet, name: str, value: Any) -> Iterator[str]:
    """What was typed stands in its field, what was chosen is still chosen."""
    control = again.controls.get(name)
    if control is None or callable(value) or control.kind in ("password", "hidden", "file", "button"):
        return
    texts = [value] if isinstance(value, str) else list(value)
    if control.kind in TYPED:
        if not any(mask_resident_numbers(as_typed(text)) in mask_resident_numbers(control.value) for text in texts):
            yield f"loses {texts[0][:30]!r} of {name}: {control.value[:30]!r}"
    elif (set(texts) & set(control.offered)) - set(control.values):
        yield f"loses the choice {texts} of {name}: {control.values}"


def _kept(outcome: Outcome) -> Iterator[str]:
    """What was stored was stored whole, and is something."""
    controls = outcome.sheet.controls.values()
    needed = [each.name for each in controls if each.is_required and each.name in outcome.case.changes]
    if outcome.case.is_empty and needed and outcome.has_changed_something and outcome.is_accepted:
        yield f"takes spaces for an answer in {needed}"
    if not outcome.case.is_kept or not outcome.is_accepted or not outcome.has_changed_something:
        return
    for name, value in outcome.case.changes.items():
        if isinstance(value, str) and not any(form in text for form in _spellings(value) for text in outcome.stored):
            yield f"does not keep {value[:40]!r} of {name}"


def _spellings(text: str) -> set[str]:
    """The ways a text may be stored: as typed in NFC, without space at its ends, or as one clean line."""
    typed = as_typed(text)
    return {typed, typed.strip(), normalise(text), " ".join(typed.split())}


def _secret(outcome: Outcome) -> Iterator[str]:
    if not outcome.case.is_secret:
        return
    if any(RESIDENT_NUMBER in text for text in outcome.stored):
        yield "stores a resident number"
    said = " ".join((outcome.news, *outcome.reading.summary, *outcome.reading.ids.values()))
    is_done = outcome.status in REDIRECTS or outcome.status == 200
    if is_done and outcome.has_changed_something and "주민등록번호" not in said:
        yield "does not say that a resident number is not kept"
