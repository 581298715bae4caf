"""The register can open every paper again exactly as it was printed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from app.reports.rules import (
    CaseReportFacts,
    ReadingFacts,
    UnreadableFactsError,
    fingerprint,
    from_json,
    short_fingerprint,
    to_json,
)
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reports import entry_papers, papers

EVERY_PAPER = [
    papers.full_case_report(),
    papers.empty_case_report(),
    papers.caseload(40),
    papers.schedule(6),
    entry_papers.entry_sheet(),
    entry_papers.unknown_entry_sheet(),
]


@pytest.mark.parametrize("facts", EVERY_PAPER, ids=["full", "empty", "caseload", "schedule", "entry", "unknown door"])
def test_facts_come_back_from_the_register_as_they_went_in(facts) -> None:
    assert from_json(to_json(facts)) == facts
    assert to_json(from_json(to_json(facts))) == to_json(facts)


def test_every_optional_value_comes_back_present_or_absent() -> None:
    facts = papers.full_case_report()
    back = from_json(to_json(facts))
    assert isinstance(back, CaseReportFacts)
    assert [flag.review_on for flag in back.safety_flags] == [flag.review_on for flag in facts.safety_flags]
    assert None in [flag.review_on for flag in back.safety_flags]
    assert back.vitals[1].readings[0].systolic is None


def test_a_whole_number_where_decimals_may_stand_keeps_its_fingerprint() -> None:
    at = datetime(2026, 9, 20, 14, 3, tzinfo=ZoneInfo("Asia/Seoul"))
    facts = papers.full_case_report()
    facts = replace(facts, vitals=(replace(facts.vitals[0], readings=(ReadingFacts(measured_at=at, weight=61),)),))
    assert fingerprint(from_json(to_json(facts))) == fingerprint(facts)


@given(st.text())
def test_any_text_survives_the_register(text: str) -> None:
    facts = papers.empty_case_report()
    facts = replace(facts, household=replace(facts.household, name=text, approach=text))
    assert from_json(to_json(facts)) == facts


def test_a_change_of_one_letter_changes_the_fingerprint() -> None:
    facts = papers.empty_case_report()
    changed = replace(facts, household=replace(facts.household, name="홍길순"))
    assert fingerprint(changed) != fingerprint(facts)


def test_the_printed_fingerprint_is_the_beginning_of_the_stored_one() -> None:
    facts = papers.caseload(1)
    printed = short_fingerprint(facts)
    assert [len(part) for part in printed.split("-")] == [4, 4, 4, 4]
    assert fingerprint(facts).upper().startswith(printed.replace("-", ""))


def _without(name: str) -> str:
    document = json.loads(to_json(papers.schedule(1)))
    del document["facts"][name]
    return json.dumps(document)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"code":"R99","facts":{}}',
        '{"code":"R13","facts":{"stranger":1}}',
        '{"code":"R13","facts":[]}',
        '{"code":"R13","facts":null}',
        _without("day"),
    ],
)
def test_what_is_no_stored_paper_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFactsError):
        from_json(text)
