"""Rows of a long list that are put by: nothing of them is lost, and what hangs together stays together."""

from __future__ import annotations

import json

import pytest
from app.core.tables.reading import read_table
from app.discoveries.rules import ImportResult, Reference, RowOutcome, judge_list
from app.discoveries.service.staging import as_result, as_stored, portions
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.discoveries.test_real_lists import SAMPLE


@pytest.fixture(scope="module")
def sample(reference: Reference) -> ImportResult:
    return judge_list(read_table((SAMPLE / "round_2026_6.csv").read_bytes()).rows, reference)


def test_a_row_comes_back_just_as_it_was_put_by(sample: ImportResult) -> None:
    outcomes = {row.outcome for row in sample.rows}
    assert outcomes == set(RowOutcome)
    for row in sample.rows:
        assert as_result(json.loads(json.dumps(as_stored(row)))) == row


@settings(max_examples=20)
@given(at_once=st.integers(1, 200))
def test_every_row_is_in_one_portion_and_with_the_row_it_hangs_on(sample: ImportResult, at_once: int) -> None:
    found = list(portions(sample.rows, at_once=at_once))
    assert sorted(row.row_number for some in found for row in some) == [row.row_number for row in sample.rows]
    for some in found:
        numbers = [row.row_number for row in some]
        assert numbers == sorted(numbers)
        assert all(row.earlier.row_number in numbers for row in some if row.earlier)
    assert all(len(some) >= at_once for some in found[:-1])
