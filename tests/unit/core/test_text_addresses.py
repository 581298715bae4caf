"""Addresses as people write them: one door, one key."""

from __future__ import annotations

import time

import pytest
from app.core.text import (
    detail_after_road,
    find_phones,
    lot_address_key,
    road_address_key,
    split_at_road,
    tidy_address,
    unit_key,
)
from hypothesis import given, settings
from hypothesis import strategies as st

steady = settings(deadline=None)  # judged by result; a busy machine must not fail it

messy = st.text(
    st.one_of(st.characters(), st.sampled_from("가나다로길동호층번지 \u3000\u200b-(),.0１25A산")), max_size=30
)


class TestAddresses:
    @pytest.mark.parametrize(
        "written",
        [
            "한빛구 다솜로12번길 25",
            "다솜로 12번길25",
            "서울특별시 한빛구 다솜로 12번길 25 (가람동, 한빛아파트)",
            "한빛구 다솜로12번길 25, 102동 842호",
            "가람동 다솜로12번길  25번지",
            "서울 한빛구 다솜로12번길 25",
            "한빛구 다솜로 12번 길 25",
            "한빛구 다솜로 12 번길 25",
            "한빛구 다솜로１２번길 ２５",
            "한빛구 다솜로12번길 ２５ （가람동）",
            "한빛구 다솜로12번길 25(가람동, 한빛빌라)",
        ],
    )
    def test_one_door_has_one_road_address(self, written: str) -> None:
        assert road_address_key(written) == "다솜로12번길 25"

    @pytest.mark.parametrize(
        ("written", "key"),
        [
            ("가람로 109-3", "가람로 109-3"),
            ("세종대로110", "세종대로 110"),
            ("테헤란로 지하 12", "테헤란로 지하12"),
            ("테헤란로 (지하) 12", "테헤란로 지하12"),
            ("가람로 20가길 5-1", "가람로20가길 5-1"),
            ("가람로20번나길 5", "가람로20번나길 5"),
            ("가람로 20번 나길 5", "가람로20번나길 5"),
            ("가람대로 ５－１", "가람대로 5-1"),
            ("가람로 109번가길", None),
            ("가람로20나길 5", "가람로20나길 5"),
            ("3·1만세로 7", "3·1만세로 7"),
            ("가람로 109번길", None),
            ("가람동 12-3번지", None),
            ("충무로2가 12-3", None),
            ("주소 불명", None),
            ("", None),
        ],
    )
    def test_road_name_and_building_number_are_the_key(self, written: str, key: str | None) -> None:
        assert road_address_key(written) == key

    @pytest.mark.parametrize(
        ("written", "key"),
        [
            ("한빛구 가람동 산 12-3번지", "가람동 산12-3"),
            ("가람동 12번지", "가람동 12"),
            ("서울 한빛구 가람동12-3", "가람동 12-3"),
            ("가람동 １２－３", "가람동 12-3"),
            ("가람동 12번지의 3", "가람동 12-3"),
            ("가람동 12-3 (한빛빌라)", "가람동 12-3"),
            ("다솜읍 새솔리 산 7", "새솔리 산7"),
            ("충무로2가 12-3", "충무로2가 12-3"),
            ("가람동 102동 842호", None),
        ],
    )
    def test_a_lot_address_is_told_from_a_building(self, written: str, key: str | None) -> None:
        assert lot_address_key(written) == key

    @pytest.mark.parametrize(
        ("written", "key"),
        [
            ("102동 842호", "102-842"),
            ("제102동 제842호", "102-842"),
            ("102-842", "102-842"),
            ("102동842호", "102-842"),
            ("102동 8층 842호", "102-842"),
            ("한빛아파트 102동 842호", "102-842"),
            ("가동 101호", "가-101"),
            ("2층 201호", "201"),
            ("201호", "201"),
            ("B01호", "B1"),
            ("지하 1호", "B1"),
            ("지하 1층", "지하1층"),
            ("반지하", "반지하"),
            ("옥탑방", "옥탑"),
            ("옥탑 1호", "옥탑"),
            ("１０２동 ８４２호", "102-842"),
            ("102동 0842호", "102-842"),
            ("102동-842호", "102-842"),
            ("102동, 842호", "102-842"),
            ("제 102 동 제 842 호", "102-842"),
            ("102동 842", "102-842"),
            ("102동 지하 1호", "102-B1"),
            ("102동 B01호", "102-B1"),
            ("에이동 101호", "A-101"),
            ("a동 101호", "A-101"),
            ("햇살빌라 201호", "201"),
            ("햇살고시원 3층 305호", "305"),
            ("한빛2차 201호", "201"),
            ("햇살빌라 지하 1호", "B1"),
            ("지층 1호", "B1"),
            ("지하층 1호", "B1"),
            ("지하1층 101호", "B101"),
            ("비01호", "B1"),
            ("201호 (2층)", "201"),
            ("제201호", "201"),
            ("1층", "1층"),
            ("", None),
            ("(가람동)", None),
        ],
    )
    def test_one_flat_has_one_unit(self, written: str, key: str | None) -> None:
        assert unit_key(written) == key

    def test_tidying_keeps_what_stands_around_the_road(self) -> None:
        assert tidy_address("한빛구  다솜로 12번길25, 3층") == "한빛구 다솜로12번길 25, 3층"
        assert tidy_address("가람동 12-3") == "가람동 12-3"

    def test_a_cell_is_split_at_its_road_address(self) -> None:
        assert split_at_road("한빛구 다솜로 12번길25, 3층") == ("한빛구 ", "다솜로12번길 25", ", 3층")
        assert split_at_road("가람동 12-3") == ("가람동 12-3", "", "")

    def test_the_flat_in_the_same_cell_is_found(self) -> None:
        assert detail_after_road("한빛구 가람로 109, 102동 842호 (가람동)") == "102동 842호"
        assert detail_after_road("가람동 12-3") == ""

    @steady
    @given(
        st.one_of(
            messy,
            st.from_regex(r"[가나다]{1,3}(로|길) ?[0-9]{0,3}(번길)? ?[0-9]{1,3}(-[0-9]{1,2})?", fullmatch=True),
        )
    )
    def test_keys_of_keys_are_the_same(self, text: str) -> None:
        assert tidy_address(tidy_address(text)) == tidy_address(text)
        if key := road_address_key(text):
            assert road_address_key(key) == key
        if unit := unit_key(text):
            assert unit_key(unit) == unit

    @pytest.mark.parametrize("nonsense", ["가" * 30_000, "1동" * 10_000, "(" * 30_000, "가로1" * 10_000, "9" * 30_000])
    def test_nonsense_of_any_length_is_answered_at_once(self, nonsense: str) -> None:
        started = time.process_time()
        for answer in (road_address_key, lot_address_key, unit_key, tidy_address, detail_after_road):
            answer(nonsense)
        find_phones(nonsense)
        assert time.process_time() - started < 5
