"""What the demo jots down while there, and what it carries from visit to visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from app.core.clock import KOREA
from app.follow_ups.rules import ContactMode, Purpose
from app.seed.at_the_door import AtTheDoor
from app.visits.rules import VisitDetails

VISIT = VisitDetails(
    visit_id=UUID(int=9), household_id=3, occurred_on=date(2026, 11, 2), mode=ContactMode.FACE,
    purpose=Purpose.NURSING, began_at=datetime(2026, 11, 2, 10, 0, tzinfo=KOREA),
    nursing_note="저녁 약을 거르심. 발등이 부음. 딸과 통화함. 다음에 다시 봄.",
)  # fmt: skip


def test_notes_are_the_first_sentences_with_their_times() -> None:
    told = AtTheDoor().complete(VISIT)
    assert told.field_notes == "10:09 저녁 약을 거르심\n10:18 발등이 부음\n10:27 딸과 통화함"


def test_equipment_names_the_record_it_was_first_written_in() -> None:
    door = AtTheDoor()
    [first] = door.complete(VISIT).carried
    [second] = door.complete(replace(VISIT, visit_id=UUID(int=10))).carried
    assert (first.from_visit_id, second.from_visit_id, second.text) == (None, VISIT.visit_id, first.text)


def test_a_call_has_neither() -> None:
    call = replace(VISIT, mode=ContactMode.CALL)
    assert AtTheDoor().complete(call) == call


def test_most_households_have_no_equipment() -> None:
    assert AtTheDoor().complete(replace(VISIT, household_id=4)).carried == ()
