"""One key for one door: what is one door has one key, and a building is a range of keys."""

from __future__ import annotations

import pytest
from app.core.text import building_of, buildings_of, door_key, doors_within, stored_doors
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("address", "by_road", "by_lot"),
    [
        (("서울특별시 한빛구 가람로 12", "", "101호"), "가람로 12|101", ""),
        (("가람로12", "", "101호"), "가람로 12|101", ""),
        (("한빛구 가람로 12", "가람동 31-2", "102동 842호"), "가람로 12|102-842", "가람동 31-2|102-842"),
        (("", "가람동 31-2번지", ""), "", "가람동 31-2|"),
        (("가람동 31-2", "", "2층"), "", "가람동 31-2|2층"),
        (("", "한빛구 가람로 12", "201호"), "가람로 12|201", ""),
        (("가람로 12", "", ""), "가람로 12|", ""),
        (("버스 종점 옆", "", "101호"), "", ""),
        (("", "", ""), "", ""),
    ],
    ids=str,
)
def test_a_door_is_stored_by_road_and_by_lot(address: tuple[str, str, str], by_road: str, by_lot: str) -> None:
    assert stored_doors(*address) == {"road_door": by_road, "lot_door": by_lot}


@given(st.integers(1, 99_999), st.text())
def test_every_door_lies_within_its_building_and_within_no_other(number: int, unit: str) -> None:
    building = f"가람로 {number}"
    key = door_key(building, unit).encode()
    least, beyond = (each.encode() for each in doors_within(building))
    assert least <= key < beyond
    others = (doors_within(f"가람로 {other}") for other in (number * 10, number + 1))
    assert not any(first.encode() <= key < last.encode() for first, last in others)
    assert building_of(key.decode()) == building


def test_a_road_that_stands_in_the_place_of_the_lot_is_not_read_as_a_lot_too() -> None:
    assert buildings_of("한빛구 가람로 12 (가람동 31-2)", "") == ("가람로 12", None)
    assert buildings_of("가람동 31-2", "") == (None, "가람동 31-2")
