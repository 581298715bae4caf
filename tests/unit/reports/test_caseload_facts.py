"""Every figure of the caseload report is counted from the rows it prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reports import papers
from tests.unit.reports.papers import TODAY

A_ROW = papers.caseload_row(1)


def with_rows(*rows):
    return replace(papers.caseload(0), households=rows)


def test_a_household_last_seen_90_days_ago_is_not_yet_unseen() -> None:
    at_90 = replace(A_ROW, number="가", last_seen_on=TODAY - timedelta(days=90))
    at_91 = replace(A_ROW, number="나", last_seen_on=TODAY - timedelta(days=91))
    never = replace(A_ROW, number="다", last_seen_on=None)
    assert [row.number for row in with_rows(at_90, at_91, never).unseen] == ["다", "나"]


def test_a_household_without_a_next_due_is_listed_as_such() -> None:
    without = replace(A_ROW, number="가", next_due_on=None)
    assert with_rows(without, A_ROW).without_due == (without,)


def test_a_label_that_only_a_row_knows_gets_a_line_and_a_column_of_its_own() -> None:
    stranger = replace(A_ROW, care_group="미분류", risk="미확인")
    totals = with_rows(stranger).totals
    assert totals.groups == ("집중", "정기", "자기역량", "미분류")
    assert totals.risks == ("고위험", "중위험", "저위험", "미확인")
    assert totals.cells[3][3] == 1


labels = st.sampled_from(["집중", "정기", "자기역량", "미분류"])
risks = st.sampled_from(["고위험", "중위험", "저위험", ""])


@given(st.lists(st.tuples(labels, risks)))
def test_sums_over_risks_and_over_groups_both_give_the_number_of_households(pairs) -> None:
    rows = [replace(A_ROW, care_group=group, risk=risk) for group, risk in pairs]
    totals = with_rows(*rows).totals
    assert totals.all == len(rows)
    assert sum(totals.of_risk(at) for at in range(len(totals.risks))) == len(rows)
    assert sum(totals.of_group(at) for at in range(len(totals.groups))) == len(rows)
