"""`outreach due FILE.json`: what comes out, and where each mistake is found."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from app.core.holidays import working_days
from app.follow_ups.rules import DocumentError, answer_document

INTENSIVE = {
    "code": "NURSE_INTENSIVE",
    "version": "2026",
    "kind": "QUOTA",
    "count": 8,
    "period": {"months": 3},
    "repeats": False,
    "counts_modes": ["FACE"],
    "counts_purposes": ["NURSING"],
    "shift": "EARLIER",
}
CHECK = {
    "code": "CHECK",
    "version": 1,
    "kind": "INTERVAL",
    "every": {"days": 14},
    "counts_modes": ["FACE", "CALL"],
    "counts_purposes": [],
    "shift": "EARLIER",
    "lead_days": 5,
}
INTAKE = {"code": "INTAKE", "version": "1", "kind": "DEADLINE", "target": 10, "limit": None, "shift": "NONE"}
PROMISE = {"code": "PROMISE", "version": "1", "kind": "ONCE", "counts_modes": ["FACE"], "shift": "LATER"}
CRISIS = {
    "code": "CRISIS", "version": "1", "kind": "AFTER_EVENT", "within": 3, "counts_modes": ["FACE"], "shift": "NONE",
}  # fmt: skip
VISITS = ["2026-07-10", "2026-07-24", "2026-08-11", "2026-09-01", "2026-09-22"]
DOCUMENT: dict[str, Any] = {
    "today": "2026-09-22",
    "rules": [INTENSIVE, CHECK, INTAKE, PROMISE, CRISIS],
    "terms": [
        {"id": "a", "rule": "NURSE_INTENSIVE", "starts_on": "2026-07-02", "ends_on": None, "member": "m1"},
        {"id": 2, "rule": "CHECK", "starts_on": "2026-01-05", "ends_on": "2026-12-31", "member": None},
        {"id": "c", "rule": "INTAKE", "starts_on": "2026-09-01", "event_on": "2026-09-01", "closed_on": None},
        {"id": "d", "rule": "PROMISE", "starts_on": "2026-09-01", "on": "2026-09-26", "made_on": "2026-09-22"},
        {"id": "e", "rule": "CRISIS", "starts_on": "2026-09-01", "event_on": "2026-09-21"},
    ],
    "contacts": [
        {"on": day, "mode": "FACE", "purpose": "NURSING", "members": ["m1"]} for day in VISITS
    ],
    "holidays": {"add": {"2026-09-23": "임시공휴일"}, "remove": ["2026-10-05"]},
}  # fmt: skip


def answer(document: object) -> list[dict[str, Any]]:
    return answer_document(json.dumps(document, ensure_ascii=False), working_days_for=working_days)


def changed(path: str, value: object) -> dict[str, Any]:
    """The document with one place, written as its errors write it, replaced; `...` takes it out."""
    document = deepcopy(DOCUMENT)
    *steps, last = path.replace("]", "").replace("[", ".").split(".")
    inside: Any = document
    for step in steps:
        inside = inside[int(step) if step.isdigit() else step]
    key = int(last) if last.isdigit() else last
    if value is ...:
        del inside[key]
    else:
        inside[key] = value
    return document


def test_one_answer_per_term_in_order_with_dates_as_text() -> None:
    answers = answer(DOCUMENT)
    assert [each["term"] for each in answers] == ["a", 2, "c", "d", "e"]
    assert [each["status"] for each in answers] == ["UPCOMING", "UPCOMING", "LATE_TARGET", "OPEN", "DONE"]
    assert [each["due_on"] for each in answers] == [
        "2026-09-28",  # 9/25 and 9/24 are 추석, 9/23 is added, 9/22 the last contact: forwards
        "2026-10-06",
        "2026-09-11",
        "2026-09-28",  # Saturday of 추석, later
        None,
    ]
    assert [each["done"] for each in answers] == [5, None, None, None, None]
    assert json.loads(json.dumps(answers)) == answers


def test_an_answer_has_exactly_the_fields_of_the_format() -> None:
    for each in answer(DOCUMENT):
        assert list(each) == [
            "term", "status", "due_on", "window_start", "done", "needed", "missed", "because",
        ]  # fmt: skip
        assert all(list(line) == ["code", "text"] for line in each["because"])


def test_a_missed_window_is_a_list_of_start_done_and_needed() -> None:
    first = answer(changed("today", "2026-10-02"))[0]
    assert (first["status"], first["due_on"], first["window_start"]) == ("DONE", None, None)
    assert first["missed"] == [["2026-07-02", 5, 8]]


def test_years_are_fetched_only_as_they_are_needed() -> None:
    asked: list[range] = []

    def fetch(years: range) -> Any:
        asked.append(years)
        return working_days(years)

    document = changed("rules[1].every", {"months": 24})
    document["terms"][1]["ends_on"] = None
    answers = answer_document(json.dumps(document), working_days_for=fetch)
    assert asked == [range(2026, 2027), range(2026, 2029)]
    assert answers[1]["due_on"] == "2028-09-22"


def test_parameters_may_also_stand_in_an_object_of_their_own() -> None:
    nested = {key: value for key, value in CHECK.items() if key != "every"} | {"parameters": {"every": {"days": 14}}}
    assert answer(changed("rules[1]", nested)) == answer(DOCUMENT)


def test_notes_of_other_programs_are_left_alone() -> None:
    assert answer(changed("contacts[0].recorded_by", "x")) == answer(DOCUMENT)


def test_a_byte_order_mark_does_not_matter() -> None:
    text = "\ufeff" + json.dumps(DOCUMENT)
    assert answer_document(text, working_days_for=working_days) == answer(DOCUMENT)


@pytest.mark.parametrize("key", ["contacts", "holidays"])
def test_contacts_and_holidays_may_be_left_out(key: str) -> None:
    assert len(answer(changed(key, ...))) == len(DOCUMENT["terms"])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("today", ...),
        ("today", None),
        ("today", "2026-02-30"),
        ("today", "20260920"),
        ("today", "2026-9-20"),
        ("today", 20260920),
        ("today", "1899-12-31"),
        ("rules", {}),
        ("rules", ...),
        ("rules[0]", "x"),
        ("rules[0].code", ""),
        ("rules[0].code", "a\nb"),
        ("rules[1].code", "NURSE_INTENSIVE"),
        ("rules[0].version", True),
        ("rules[0].kind", "SOMETIMES"),
        ("rules[0].kind", []),
        ("rules[0].count", 0),
        ("rules[0].count", 8.0),
        ("rules[0].count", "8"),
        ("rules[0].count", ...),
        ("rules[0].repeats", "no"),
        ("rules[0].repeats", ...),
        ("rules[0].period", {"months": 3, "days": 1}),
        ("rules[0].period", {}),
        ("rules[0].period.months", 0),
        ("rules[0].period.months", True),
        ("rules[1].every", 14),
        ("rules[1].every.days", 10**9),
        ("rules[1].first_within", {"weeks": 1}),
        ("rules[1].lead_days", -1),
        ("rules[1].counts_modes", "FACE"),
        ("rules[1].counts_modes", ...),
        ("rules[1].counts_modes[1]", "VISIT"),
        ("rules[1].counts_purposes", "WELFARE"),
        ("rules[1].shift", None),
        ("rules[1].lead_day", 3),
        ("rules[2].target", None),
        ("rules[2].limit", 9),
        ("rules[2].about", "yes"),
        ("rules[4].within", -1),
        ("terms", None),
        ("terms[0].id", ...),
        ("terms[0].id", ["a"]),
        ("terms[1].id", "a"),
        ("terms[0].rule", "NURSE_REGULAR"),
        ("terms[3].starts_on", "tomorrow"),
        ("terms[1].ends_on", "2026-13-01"),
        ("terms[1].ends_no", "2026-12-31"),
        ("terms[0].member", True),
        ("terms[2].event_on", ...),
        ("terms[3].on", ...),
        ("terms[4].event_on", None),
        ("contacts", {"on": "2026-07-10"}),
        ("contacts[0].on", "어제"),
        ("contacts[1].mode", "face"),
        ("contacts[1].purpose", None),
        ("contacts[2].members", "m1"),
        ("contacts[2].members[0]", 1.5),
        ("holidays", []),
        ("holidays.add", ["2026-09-23"]),
        ("holidays.add.2026-09-23", ""),
        ("holidays.remove[0]", "10/5"),
        ("holidays.remove[0]", "2026-09-23"),
    ],
)
def test_every_mistake_is_named_by_its_place(place: str, value: object) -> None:
    document = changed(place, value)
    with pytest.raises(DocumentError) as caught:
        answer(document)
    assert caught.value.place == place
    assert str(caught.value) == f"{caught.value.place}: {caught.value.problem}"
    assert caught.value.problem.endswith(".")


def test_a_holiday_that_is_no_date_is_named() -> None:
    with pytest.raises(DocumentError, match=r"^holidays\.add\.추석: 날짜가 아닙니다"):
        answer(changed("holidays.add", {"추석": "추석"}))


def test_a_mistyped_field_is_answered_with_the_right_one() -> None:
    with pytest.raises(DocumentError, match=r"^terms\[1\]\.ends_no: 모르는 항목입니다\. «ends_on»"):
        answer(changed("terms[1].ends_no", "2026-12-31"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "1번째 줄 1번째 글자"),
        ('{"today": \n  x}', "2번째 줄 3번째 글자"),
        ("[]", "문서"),
        ("null", "문서"),
        ("[" * 100_000, "문서"),
        ("1" * 5_000, "문서"),
    ],
)
def test_what_is_no_document_is_refused(text: str, place: str) -> None:
    with pytest.raises(DocumentError) as caught:
        answer_document(text, working_days_for=working_days)
    assert caught.value.place == place


def test_a_loader_that_does_not_keep_its_word_is_not_asked_for_ever() -> None:
    with pytest.raises(DocumentError, match=r"^terms\[0\]: 2026년 공휴일 자료가 없습니다"):
        answer_document(json.dumps(DOCUMENT), working_days_for=lambda _: working_days(range(2000, 2001)))


def test_a_rule_that_never_moves_needs_no_holidays() -> None:
    document = changed("terms", [{"id": "e", "rule": "CRISIS", "starts_on": "2100-01-01", "event_on": "2100-01-01"}])
    document["today"] = "2100-01-02"
    assert answer(document)[0]["due_on"] == "2100-01-04"


def test_a_due_date_in_a_year_without_holidays_names_the_term() -> None:
    document = changed("rules[1].every", {"months": 120})
    document["today"] = "2045-01-02"
    document["contacts"].append({"on": "2045-01-02", "mode": "CALL", "purpose": "WELFARE"})
    document["terms"][1]["ends_on"] = None
    with pytest.raises(DocumentError, match=r"^terms\[1\]: 20\d\d년 공휴일 자료가 없습니다"):
        answer(document)
