"""What is carried from visit to visit: only stable fields, the newest word of each, and nothing that is gone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from app.visits.forms.carried import CarriedForm
from app.visits.rules import Carried, StableField, newest_of_each
from werkzeug.datastructures import MultiDict

A, B = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ([], {}),
        ([Carried(StableField.EQUIPMENT, "지팡이", A)], {StableField.EQUIPMENT: "지팡이"}),
        (
            [Carried(StableField.EQUIPMENT, "워커", B), Carried(StableField.EQUIPMENT, "지팡이", A)],
            {StableField.EQUIPMENT: "워커"},
        ),
        ([Carried(StableField.EQUIPMENT, "", B), Carried(StableField.EQUIPMENT, "지팡이", A)], {}),
        (
            [Carried(StableField.APPROACH, "뒷문", B), Carried(StableField.EQUIPMENT, "지팡이", A)],
            {StableField.APPROACH: "뒷문", StableField.EQUIPMENT: "지팡이"},
        ),
    ],
    ids=["nothing", "one", "the newest word counts", "what is gone is gone", "each by itself"],
)
def test_what_holds_now(said: list[Carried], held: dict[StableField, str]) -> None:
    assert {name: each.text for name, each in newest_of_each(said).items()} == held


def test_no_vital_score_or_narrative_can_be_carried() -> None:
    assert {field.name for field in StableField} == {"EQUIPMENT", "APPROACH", "PLACE"}


def test_the_day_it_was_written_goes_with_it() -> None:
    [kept] = newest_of_each([Carried(StableField.PLACE, "경로당", A, date(2026, 11, 2))]).values()
    assert (kept.from_visit_id, kept.written_on) == (A, date(2026, 11, 2))


@pytest.mark.parametrize(
    ("how", "earlier", "typed", "kept"),
    [
        ("SAME", "지팡이", "", "지팡이"),
        ("SAME", "지팡이", "워커", "지팡이"),
        ("CHANGED", "지팡이", "워커", "워커"),
        ("CHANGED", "지팡이", "", ""),
        ("", "지팡이", "워커", "워커"),
        ("", "지팡이", "", None),
        ("SAME", "", "워커", "워커"),
    ],
)
def test_what_was_typed_is_kept_unless_it_is_said_to_be_as_before(
    how: str, earlier: str, typed: str, kept: str | None
) -> None:
    form = CarriedForm(MultiDict({"how": how, "earlier": earlier, "text": typed}))
    carried = form.to_carried(StableField.EQUIPMENT)
    assert (carried and carried.text) == kept
