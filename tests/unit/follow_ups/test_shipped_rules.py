"""The rules we ship say what the design's table says, and each names where it comes from."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from app.follow_ups.rules import (
    ContactMode,
    Deadline,
    Interval,
    Once,
    Parameters,
    Profession,
    Purpose,
    Quota,
    Shift,
    Span,
    rule_from,
)

ROWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "seed_data/follow_up_rules.json").read_text(encoding="utf-8")
)
BY_CODE = {row["code"]: row for row in ROWS}

SEEN = {ContactMode.FACE}
SPOKEN = {ContactMode.FACE, ContactMode.CALL}
MET = {ContactMode.FACE, ContactMode.CALL, ContactMode.OFFICE}
NURSING, WELFARE, ANY = {Purpose.NURSING}, {Purpose.WELFARE}, set()


@pytest.mark.parametrize(
    ("code", "whom", "parameters", "modes", "purposes", "shift"),
    [
        ("NURSE_INTENSIVE", "member", Quota(8, Span(months=3), repeats=False), SEEN, NURSING, Shift.EARLIER),
        ("NURSE_GROUP_REVIEW", "member", Deadline(0), ANY, ANY, Shift.NONE),
        ("NURSE_REGULAR", "member", Interval(Span(months=3)), SEEN, NURSING, Shift.EARLIER),
        ("NURSE_SELF", "member", Interval(Span(months=6)), SEEN, NURSING, Shift.EARLIER),
        ("CASE_CHECK_COMPLEX", "household", Interval(Span(days=14)), MET, WELFARE, Shift.EARLIER),
        ("CASE_CHECK_GENERAL", "household", Interval(Span(days=30)), MET, WELFARE, Shift.EARLIER),
        ("LINKAGE_CHECK", "household", Once(30), MET, WELFARE, Shift.LATER),
        ("AFTERCARE", "household", Quota(2, Span(months=9), repeats=False), MET, WELFARE, Shift.EARLIER),
        ("ISOLATION_HIGH", "household", Interval(Span(days=7)), SPOKEN, ANY, Shift.NONE),
        ("ISOLATION_MID", "household", Interval(Span(days=14)), SPOKEN, ANY, Shift.EARLIER),
        ("ISOLATION_LOW", "household", Interval(Span(months=3)), SPOKEN, ANY, Shift.EARLIER),
        ("INTAKE_ASSESS", "case", Deadline(10, about=True), ANY, ANY, Shift.NONE),
        ("CONFERENCE_SELECT", "case", Deadline(5, about=True), ANY, ANY, Shift.NONE),
        ("PLAN_DUE", "case", Deadline(15, about=True), ANY, ANY, Shift.NONE),
        ("INTAKE_PLAN", "case", Deadline(30, 30, about=True), ANY, ANY, Shift.NONE),
        ("PHONE_NOTICE", "member", Deadline(30, 30), ANY, ANY, Shift.NONE),
        ("PROMISE", "household", Once(), SEEN, ANY, Shift.LATER),
        ("SERVICE_CHECK", "household", Deadline(0, 7), ANY, ANY, Shift.LATER),
        ("REFERRAL_PUBLIC", "household", Deadline(14, 14), ANY, ANY, Shift.LATER),
        ("REFERRAL_PRIVATE", "household", Deadline(10, 10), ANY, ANY, Shift.LATER),
        ("REFERRAL_INFORMAL", "household", Deadline(7, 7), ANY, ANY, Shift.LATER),
        ("EMERGENCY_CHECK", "household", Deadline(1, 1), ANY, ANY, Shift.NONE),
        ("EMERGENCY_DECISION", "household", Deadline(3, 3), ANY, ANY, Shift.NONE),
        ("EMERGENCY_SURVEY", "household", Deadline(21, 28), ANY, ANY, Shift.NONE),
    ],
)
def test_a_shipped_rule_reads_as_the_design_has_it(
    code: str, whom: str, parameters: Parameters, modes: set[ContactMode], purposes: set[Purpose], shift: Shift
) -> None:
    row = BY_CODE[code]
    rule = rule_from(row)
    assert (rule.parameters, rule.shift, row["whom"]) == (parameters, shift, whom)
    assert (rule.counts_modes, rule.counts_purposes) == (modes, purposes)


def test_there_are_no_others_and_none_twice() -> None:
    assert len(ROWS) == len(BY_CODE) == 25


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_every_rule_names_its_version_its_owner_and_its_source(row: dict[str, Any]) -> None:
    assert (row["version"], row["effective_from"], row["effective_until"]) == ("2026", "2026-01-01", None)
    assert date.fromisoformat(row["effective_from"])
    assert row["profession"] in set(Profession)
    assert row["source"]
    assert row["confidence"] in {"HIGH", "MEDIUM", "DEFAULT"}
    assert row["lead_days"] == (3 if row["kind"] == "QUOTA" else 7)
