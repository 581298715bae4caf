"""Masked values hide what they promise to hide, whatever was typed."""

from __future__ import annotations

import unicodedata

import pytest
from app.core import privacy
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("김순자", "김○○"),
        ("남궁민수", "남궁○○"),
        ("이솔", "이○"),
        ("황보", "황○"),
        ("Nguyen Thi Hoa", "N○○"),
        ("김 순자", "김○○"),
        (unicodedata.normalize("NFD", "김순자"), "김○○"),
        ("김○○", "김○○"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_masked_name_keeps_the_surname_only(name: str, masked: str) -> None:
    assert privacy.mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("010-2646-2265", "010-****-2265"),
        ("01026462265", "010****2265"),
        ("010 2646 2265", "010 **** 2265"),
        ("02-345-6789", "02-***-6789"),
        ("031.345.6789", "031.***.6789"),
        ("+82 10-2646-2265", "+82 10-****-2265"),
        ("+82-(0)10-2646-2265", "+82-(0)10-****-2265"),
        ("010–2646–2265", "010–****–2265"),
        ("딸 010-2646-2265", "딸 010-****-2265"),
        ("1234567890123", "*********0123"),
        ("2646-2265", "****-2265"),
        ("010-****-2265", "010-****-2265"),
        ("", ""),
    ],
)
def test_a_masked_phone_hides_the_middle_figures(phone: str, masked: str) -> None:
    assert privacy.mask_phone(phone) == masked


def test_phones_inside_a_note_are_masked_and_other_figures_are_left() -> None:
    note = "혈압 132/84, 2026-09-20. 딸(010-1234-5678)과 통화, 관리실 02)345-6789."
    assert privacy.mask_phones(note) == ("혈압 132/84, 2026-09-20. 딸(010-****-5678)과 통화, 관리실 02)***-6789.")


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("한빛구 가람로12길 34, 101동 1203호 (가람동)", "한빛구 가람로12길 *** (가람동)"),
        ("한빛구 가람로 12길 34-5 반지하 B02호", "한빛구 가람로 12길 ***"),
        ("한빛구 가람대로 1234번길 5 (나래1동, 한빛아파트)", "한빛구 가람대로 1234번길 *** (나래1동)"),
        ("한빛구 가람동 123-4 2층", "한빛구 가람동 ***"),
        ("한빛구 가람동 12-3 하늘길 빌라", "한빛구 가람동 ***"),
        ("경기도 한빛시 청산면 가람리 7", "경기도 한빛시 청산면 가람리 ***"),
        ("한빛아파트 101동 202호", "***"),
        ("한빛구가람로12길34", "***"),
        ("한빛구 가람동", "한빛구 가람동"),
        ("", ""),
    ],
)
def test_a_masked_address_stops_at_the_road_or_the_dong(address: str, masked: str) -> None:
    assert privacy.mask_address(address) == masked


@pytest.mark.parametrize(
    ("address", "dong"),
    [
        ("한빛구 가람로12길 34, 101동 1203호 (가람동)", "가람동"),
        ("한빛구 나래1동 123-4 가동 302호", "나래1동"),
        ("한빛구 가람로 7 제101동 202호", ""),
        ("한빛시 청산면 가람리 7", "청산면"),
        ("종로1·2·3·4가동 5", "종로1·2·3·4가동"),
        ("한빛구 가람로 7, 라동", ""),
        ("", ""),
    ],
)
def test_the_dong_is_found_and_a_wing_of_a_building_is_not_taken_for_one(address: str, dong: str) -> None:
    assert privacy.dong_of(address) == dong


@pytest.mark.parametrize(
    ("born", "masked"),
    [
        ("1941-03-02", "1941년"),
        ("1941. 3. 2.", "1941년"),
        ("1941년", "1941년"),
        ("41-03-02", "****"),
        ("", ""),
    ],
)
def test_a_masked_birth_date_keeps_the_year(born: str, masked: str) -> None:
    assert privacy.mask_birth(born) == masked


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "10세 미만"), (9, "10세 미만"), (10, "10대"), (89, "80대"), (99, "90대"), (100, "100세 이상")],
)
def test_an_age_becomes_its_ten_years(age: int, band: str) -> None:
    assert privacy.age_band(age) == band


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("주민번호 410302-2123456 확인", "주민번호 410302-******* 확인"),
        ("4103022123456", "410302*******"),
        ("410302 2123456", "410302 *******"),
        ("410302 - 2123456", "410302 - *******"),
        ("041231-3123456와 000229-4123456", "041231-*******와 000229-*******"),
        ("410302-2123456.", "410302-*******."),
        ("４１０３０２-２１２３４５６", "４１０３０２-*******"),
    ],
)
def test_a_resident_number_loses_its_last_seven_figures(text: str, masked: str) -> None:
    assert privacy.find_resident_numbers(text)
    assert privacy.mask_resident_numbers(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "411302-2123456",  # there is no thirteenth month
        "410231-2123456",  # nor a 31st of February
        "410300-2123456",
        "410302-9123456",
        "410302-212345",
        "1410302-2123456",
        "410302-21234567",
        "010-2646-2265",
        "2026-09-20 14:03",
        "410302-*******",
    ],
)
def test_other_figures_are_not_taken_for_a_resident_number(text: str) -> None:
    assert privacy.find_resident_numbers(text) == []
    assert privacy.mask_resident_numbers(text) == text


def test_a_resident_number_is_pointed_at_and_never_handed_on() -> None:
    found = privacy.find_resident_numbers("번호: 410302-2123456")
    assert found == [privacy.ResidentNumber(4, 18)]
    assert "2123456" not in repr(found)


@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    for mask in (
        privacy.mask_name,
        privacy.mask_phone,
        privacy.mask_phones,
        privacy.mask_address,
        privacy.mask_birth,
        privacy.mask_resident_numbers,
    ):
        assert mask(mask(text)) == mask(text), mask


@given(
    st.text(),
    st.dates().map(lambda born: born.strftime("%y%m%d")),
    st.sampled_from(["", "-", " ", " - "]),
    st.from_regex(r"\A[1-8][0-9]{6}\Z"),
    st.text(),
)
def test_no_resident_number_survives_in_any_text(before: str, born: str, gap: str, tail: str, after: str) -> None:
    if before[-1:].isdecimal() or after[:1].isdecimal():
        return
    masked = privacy.mask_resident_numbers(f"{before}{born}{gap}{tail}{after}")
    assert privacy.find_resident_numbers(masked) == []
