"""Find what a form accepts, then send it everything it should not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from flask import Flask
from tests.factories.town import PASSWORD
from tests.integration.bad_input.judging import faults_of, is_again, left_behind, refused
from tests.integration.bad_input.nonsense import Case, Sent, upload
from tests.integration.bad_input.sending import Outcome, Sender
from tests.integration.bad_input.sheets import Control, Sheet, read
from tests.integration.bad_input.walking import Key, endpoint_of, key_of
from tests.integration.discoveries.files import a_list, person
from tests.moments import TODAY, day

LADDERS: Mapping[str, tuple[str, ...]] = {
    "text": ("수박씨 열두 알", "", "120", "1942-03-05", "spring.rain"),
    "area": ("수박씨 열두 알", ""),
    "number": ("", "3", "120", "36.5"),
    "date": (TODAY.isoformat(), day(1).isoformat(), day(10).isoformat(), ""),
    "time": ("10:00", "", "14:30"),
    "email": ("garam@korea.kr", ""),
    "password": (PASSWORD, "아무도 모르는 여름밤의 개구리 소리"),
}
"""What is tried in turn where nothing stands in a field, or where what stands there is refused."""
HOLIDAYS = "날짜,이름,구분,비고\n2026-12-21,구민 체육대회,지방 휴무일,조례\n".encode()
LISTS = (upload(a_list(person(name="마타리")), "명단.csv"), upload(HOLIDAYS, "휴무일.csv"))
"""What is sent in turn where a file is wanted."""
MOST_TRIES, MOST_ROUNDS, DEEPEST = 8, 4, 2
AS_IT_SHOULD_BE = Case("as it should be", {})

Cases = Callable[[Sheet], Iterable[Case]]


@dataclass
class Tally:
    """What was looked at, and what was wrong."""

    faults: Counter[str] = field(default_factory=Counter)
    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Method and endpoint → how many different forms of it."""
    accepted: set[str] = field(default_factory=set)
    """Endpoints that did what they were asked with sensible values."""
    fields: int = 0


class Examination:
    """Forms under nonsense, and the forms they lead on to."""

    def __init__(self, app: Flask, sender: Sender, tally: Tally, known: set[Key], cases: Cases) -> None:
        self.app, self.sender, self.tally, self.known, self.cases = app, sender, tally, known, cases

    def examine(self, sheet: Sheet, depth: int = 0) -> None:
        """Send a form every case; then do the same with what comes after it."""
        values, outcome = self._begin(sheet)
        self.tally.tried[sheet.method, endpoint_of(self.app, sheet)] += 1
        self.tally.fields += len(sheet.controls)
        for case in self.cases(sheet):
            self._send_all(sheet, values, case)
        new = [each for each in _next(outcome) if key_of(each) not in self.known] if depth < DEEPEST else []
        if new:
            self._go_on(sheet, values, new, depth + 1)

    def _go_on(self, sheet: Sheet, values: Sent, new: Iterable[Sheet], depth: int) -> None:
        """Examine what comes after a form, where that form was sent."""
        with self.sender.taken_back():
            outcome = self.sender.send(sheet, values, AS_IT_SHOULD_BE)
            there = {key_of(each): each for each in _next(outcome)}  # keys that the database made may differ each time
            for each in new:
                if key_of(each) in there and key_of(each) not in self.known:
                    self.known.add(key_of(each))
                    self.examine(there[key_of(each)], depth)

    def _begin(self, sheet: Sheet) -> tuple[Sent, Outcome]:
        """Values that are accepted, or the last that were tried."""
        values, places = first_values(sheet), Counter[str]()
        for _try in range(MOST_TRIES):
            outcome = self._send(sheet, values, AS_IT_SHOULD_BE)
            if outcome.is_accepted:
                self.tally.accepted.add(endpoint_of(self.app, sheet))
                break
            better = _improved(sheet, values, outcome, places)
            if better == values:
                break
            values = better
        return values, outcome

    def _send(self, sheet: Sheet, values: Sent, case: Case) -> Outcome:
        with self.sender.taken_back():
            outcome = self.sender.send(sheet, values, case)
        names = ", ".join(list(case.changes)[:3])
        for fault in (*faults_of(outcome), *left_behind(outcome, self.sender.rows_of(outcome.left))):
            self.tally.faults[f"{sheet.method} {sheet.action} [{case.name}: {names}] {fault}"] += 1
        return outcome

    def _send_all(self, sheet: Sheet, values: Sent, case: Case) -> None:
        """Send a case; then again without what was refused and with a yes to what is asked back, until it is done."""
        for _round in range(MOST_ROUNDS):
            outcome = self._send(sheet, values, case)
            if outcome.status == 404 and len(case.changes) > 1:
                return self._send_each(sheet, values, case)
            asked, wrong = asked_back(outcome), refused(outcome) & set(case.changes)
            if asked:
                case = replace(case, changes={**case.changes, **asked}, is_misshapen=False)
            elif outcome.status == 422 and wrong and len(wrong) < len(case.changes):
                case = case.without(wrong)
            else:
                return None
        return None

    def _send_each(self, sheet: Sheet, values: Sent, case: Case) -> None:
        """One of them hides the others: each alone."""
        for name, value in list(case.changes.items())[:12]:
            self._send(sheet, values, replace(case, changes={name: value}))


def first_values(sheet: Sheet) -> Sent:
    """What a browser would send, with something in every field that is empty."""
    wanted = ((control.name, _first_value(control)) for control in sheet.controls.values())
    return {name: value for name, value in wanted if name != "csrf_token" and value is not None}


def _first_value(control: Control) -> object:
    if control.kind == "file":
        return LISTS[0]
    if any(control.values) or (control.kind in ("radio", "select") and control.values):
        return control.values if len(control.values) > 1 else control.value
    if control.kind in ("radio", "select", "button"):
        return next((value for value in control.offered if value), "")
    return LADDERS[control.kind][0] if control.kind in LADDERS else None if control.kind == "checkbox" else ""


def _improved(sheet: Sheet, values: Sent, outcome: Outcome, places: Counter[str]) -> Sent:
    """Something else where it was refused, or one more somewhere where nothing is named; a yes to what is asked back."""
    better, asked, names = dict(values), asked_back(outcome), sorted(refused(outcome) & set(sheet.controls))
    for control, others in ((sheet.controls[name], _others(sheet.controls[name])) for name in names):
        places[control.name] += 1
        better[control.name] = others[places[control.name] % len(others)] if others else better[control.name]
    if not names and not asked:
        better |= _one_more(sheet, places)
    return better | asked


def _one_more(sheet: Sheet, places: Counter[str]) -> Sent:
    """Each number that stands there in turn, grown by one: what changes nothing is refused as a whole."""
    numbers = [control for control in sheet.of_kind("number") if control.value.isdecimal()]
    if not numbers:
        return {}
    places["one more"] += 1
    chosen = places["one more"] % len(numbers)
    return {each.name: str(int(each.value) + (place == chosen)) for place, each in enumerate(numbers)}


def _others(control: Control) -> list[object]:
    if control.kind == "file":
        return list(LISTS)
    return list(LADDERS.get(control.kind, [value for value in control.offered if value]))


def asked_back(outcome: Outcome) -> Sent:
    """A yes to everything the form asks that it did not ask before («맞습니까?»); nothing when nothing is new."""
    again = (
        sheet for sheet in outcome.reading.sheets if is_again(sheet, outcome.sheet) and "confirmed" in sheet.controls
    )
    new = (control for sheet in again for name, control in sheet.controls.items() if name not in outcome.sent)
    given = {control.name: control.offered or control.values for control in new if control.name != "csrf_token"}
    return given if outcome.status == 422 else {}


def _next(outcome: Outcome) -> Iterator[Sheet]:
    """The forms of the answer, and of the page one was led to."""
    yield from outcome.reading.sheets
    yield from read(outcome.after_html, outcome.after_url).sheets
