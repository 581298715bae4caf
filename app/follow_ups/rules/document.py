"""Trying rules on paper: one JSON document of rules, terms and contacts in, one list of answers out."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from app.core.working_days import MissingHolidayYear, WorkingDays
from app.follow_ups.rules.due import due
from app.follow_ups.rules.fields import DocumentError, Fields, as_day, as_id, as_object
from app.follow_ups.rules.rule_rows import rule_from
from app.follow_ups.rules.terms import Contact, DueAnswer, MemberId, RuleVersion, Term
from app.follow_ups.rules.vocabulary import ContactMode, Purpose, RuleKind

WorkingDaysFor = Callable[[range], WorkingDays]

DOCUMENT_FIELDS = frozenset({"today", "rules", "terms", "contacts", "holidays"})
TERM_FIELDS = frozenset({"id", "rule", "starts_on", "ends_on", "member", "event_on", "closed_on", "on", "made_on"})
CONTACT_FIELDS = frozenset({"on", "mode", "purpose", "members"})
HOLIDAY_FIELDS = frozenset({"add", "remove"})


def answer_document(text: str, *, working_days_for: WorkingDaysFor) -> list[dict[str, object]]:
    """One answer per term of the document, in its order, ready for json.dumps.

    `working_days_for` gives the working days of a range of years and may raise MissingHolidayYear.
    Raises DocumentError, which names the place, for anything wrong in the document.
    """
    document = as_object(_parsed(text), "문서")
    document = Fields(document.values)
    document.refuse_slips(DOCUMENT_FIELDS)
    today = document.day("today")
    rules = _rules(document)
    terms = _terms(document, rules)
    contacts = [_contact(fields) for fields in _optional_objects(document, "contacts")]
    calendar = _Calendar(working_days_for, *_overrides(document.object("holidays")))
    return [_row(named.id, calendar.answer(named, contacts, today)) for named in terms]


@dataclass(frozen=True)
class _NamedTerm:
    """A term as the document has it: with its name there, its place and its rule."""

    id: MemberId
    place: str
    term: Term
    rule: RuleVersion


class _Calendar:
    """The working days of the years that turned out to be needed, with the document's own days."""

    def __init__(self, load: WorkingDaysFor, added: dict[date, str], removed: frozenset[date]) -> None:
        self._load, self._added, self._removed = load, added, removed
        self._days = WorkingDays({}, range(0))

    def answer(self, named: _NamedTerm, contacts: Collection[Contact], today: date) -> DueAnswer:
        """The engine's answer, with years added as it asks for them."""
        while True:
            try:
                return due(named.term, named.rule, contacts, today=today, working_days=self._days)
            except MissingHolidayYear as gap:
                self._cover(gap.year, named.place)

    def _cover(self, year: int, place: str) -> None:
        """Know all years from those known so far to `year`, or say at `place` that it cannot be known."""
        known = self._days.years or range(year, year + 1)
        years = range(min(known[0], year), max(known[-1], year) + 1)
        try:
            self._days = self._load(years).with_overrides(self._added, self._removed)
        except MissingHolidayYear as gap:
            raise DocumentError(place, str(gap)) from None
        if year not in self._days.years:
            raise DocumentError(place, str(MissingHolidayYear(year)))


def _parsed(text: str) -> object:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise DocumentError(f"{error.lineno}번째 줄 {error.colno}번째 글자", "JSON이 아닙니다.") from None
    except (ValueError, RecursionError):
        raise DocumentError("문서", "읽을 수 없는 JSON입니다.") from None


def _rules(document: Fields) -> dict[str, RuleVersion]:
    rules: dict[str, RuleVersion] = {}
    for fields in document.objects("rules"):
        rule = rule_from(fields.values, fields.place)
        if rule.code in rules:
            raise DocumentError(fields.at("code"), f"«{rule.code}» 규칙이 두 번 있습니다.")
        rules[rule.code] = rule
    return rules


def _terms(document: Fields, rules: dict[str, RuleVersion]) -> list[_NamedTerm]:
    terms: dict[MemberId, _NamedTerm] = {}
    for fields in document.objects("terms"):
        named = _term(fields, rules)
        if named.id in terms:
            raise DocumentError(fields.at("id"), f"«{named.id}» 기준이 두 번 있습니다.")
        terms[named.id] = named
    return list(terms.values())


def _term(fields: Fields, rules: dict[str, RuleVersion]) -> _NamedTerm:
    fields.refuse_slips(TERM_FIELDS)
    code = fields.text("rule")
    if code not in rules:
        raise DocumentError(fields.at("rule"), f"«{code}» 규칙이 rules에 없습니다.")
    rule = rules[code]
    starts_from_event = rule.kind in (RuleKind.DEADLINE, RuleKind.AFTER_EVENT)
    term = Term(
        starts_on=fields.day("starts_on"),
        ends_on=fields.optional_day("ends_on"),
        member=None if fields.values.get("member") is None else fields.name("member"),
        event_on=fields.day("event_on") if starts_from_event else None,
        closed_on=fields.optional_day("closed_on"),
        promised_on=fields.day("on") if rule.kind is RuleKind.ONCE else None,
        made_on=fields.optional_day("made_on"),
    )
    return _NamedTerm(fields.name("id"), fields.place, term, rule)


def _contact(fields: Fields) -> Contact:
    fields.refuse_slips(CONTACT_FIELDS)
    return Contact(
        occurred_on=fields.day("on"),
        mode=fields.choice("mode", ContactMode),
        purpose=fields.choice("purpose", Purpose),
        members=frozenset(as_id(value, place) for place, value in fields.entries("members")),
    )


def _optional_objects(document: Fields, key: str) -> list[Fields]:
    return [as_object(value, place) for place, value in document.entries(key)]


def _overrides(fields: Fields) -> tuple[dict[date, str], frozenset[date]]:
    fields.refuse_slips(HOLIDAY_FIELDS)
    names = fields.object("add")
    added = {as_day(key, names.at(key)): names.text(key) for key in names.values}
    removed = [(place, as_day(value, place)) for place, value in fields.entries("remove")]
    for place, day in removed:
        if day in added:
            raise DocumentError(place, "holidays.add에도 있는 날짜입니다.")
    return added, frozenset(day for _, day in removed)


def _row(term_id: MemberId, answer: DueAnswer) -> dict[str, object]:
    return {
        "term": term_id,
        "status": answer.status.value,
        "due_on": answer.due_on.isoformat() if answer.due_on else None,
        "window_start": answer.window_start.isoformat() if answer.window_start else None,
        "done": answer.done,
        "needed": answer.needed,
        "missed": [[each.starts_on.isoformat(), each.done, each.needed] for each in answer.missed],
        "because": [{"code": each.code.value, "text": each.text} for each in answer.because],
    }
