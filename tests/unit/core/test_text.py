"""Text as people type it: spellings that mean the same must come out the same, twice over."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from app.core.text import (
    BirthDateError,
    choseong,
    find_phones,
    format_phone,
    is_choseong,
    is_placeholder_phone,
    normalise,
    parse_birth_date,
    phone_digits,
    query_grams,
    search_key,
)
from hypothesis import given, settings
from hypothesis import strategies as st

steady = settings(deadline=None)  # judged by result; a busy machine must not fail it

TODAY = date(2026, 11, 22)

hangul = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12)
messy = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("김이박류순자 \t\n\u3000\u200b\u200d\ufeff\u3164ㄱㅅㄳ\u1100\u1161\u11a8-()０1A'"),
    ),
    max_size=30,
)


class TestNormalise:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            (" 류은정 ", "류은정"),
            ("남궁\u3000 민", "남궁 민"),
            ("김\u200b순\ufeff자", "김순자"),
            ("\u3164김순자\u3164", "김순자"),
            ("Nguyen  Thi\nLan", "Nguyen Thi Lan"),
            ("김-스미스", "김-스미스"),
            ("박\x00뷁", "박뷁"),
            ("\ud800김", "김"),
            ("", ""),
        ],
    )
    def test_what_cannot_be_seen_is_dropped_and_what_can_is_kept(self, typed: str, stored: str) -> None:
        assert normalise(typed) == stored

    @steady
    @given(messy)
    def test_applying_it_twice_changes_nothing(self, text: str) -> None:
        assert normalise(normalise(text)) == normalise(text)

    @steady
    @given(messy)
    def test_a_name_typed_on_a_mac_equals_the_same_name_typed_on_a_pc(self, text: str) -> None:
        assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))

    @steady
    @given(messy)
    def test_the_result_can_always_be_stored_as_utf8(self, text: str) -> None:
        assert b"\x00" not in normalise(text).encode("utf-8")


class TestSearchKey:
    def test_spacing_and_case_make_no_difference(self) -> None:
        assert search_key("남궁 민") == search_key("남궁민")
        assert search_key("NGUYEN Thi Lan") == search_key("nguyen thilan")

    @steady
    @given(messy)
    def test_applying_it_twice_changes_nothing(self, text: str) -> None:
        assert search_key(search_key(text)) == search_key(text)

    @steady
    @given(messy)
    def test_both_unicode_forms_give_one_key(self, text: str) -> None:
        assert search_key(unicodedata.normalize("NFD", text)) == search_key(unicodedata.normalize("NFC", text))


class TestChoseong:
    @pytest.mark.parametrize(
        ("name", "initials"),
        [
            ("김순자", "ㄱㅅㅈ"),
            ("남궁 민", "ㄴㄱㅁ"),
            ("뷁", "ㅂ"),
            ("김ABC", "ㄱabc"),
            ("ㄳㅈ", "ㄱㅅㅈ"),
            ("꽃님", "ㄲㄴ"),
        ],
    )
    def test_initial_consonants_of_a_name(self, name: str, initials: str) -> None:
        assert choseong(name) == initials

    @steady
    @given(hangul)
    def test_one_consonant_for_each_syllable_in_either_unicode_form(self, name: str) -> None:
        assert len(choseong(name)) == len(name)
        assert choseong(unicodedata.normalize("NFD", name)) == choseong(name)
        assert is_choseong(choseong(name))

    @steady
    @given(messy)
    def test_initials_of_initials_are_the_same(self, text: str) -> None:
        assert choseong(choseong(text)) == choseong(text)

    @pytest.mark.parametrize(
        ("query", "answer"),
        [("ㄱㅅㅈ", True), ("ㄱ ㅅ", True), ("ㄳㅈ", True), ("\u1100", True)]
        + [(query, False) for query in ("김ㅅㅈ", "ㅏ", "ㄱ1", "kim", "", "  ")],
    )
    def test_a_query_of_initials_only_is_recognised(self, query: str, answer: bool) -> None:
        assert is_choseong(query) is answer


class TestGrams:
    def test_a_two_syllable_query_is_one_gram(self) -> None:
        assert query_grams("순자") == ("순자",)
        assert query_grams("자") == ("자",)
        assert query_grams(" ") == ()


class TestPhones:
    @pytest.mark.parametrize(
        ("written", "digits"),
        [
            ("010-1234-5678", "01012345678"),
            ("010 6907 5309", "01069075309"),
            ("01011904053", "01011904053"),
            ("010.1234.5678", "01012345678"),
            ("1039159430", "01039159430"),
            ("０１０－１２３４－５６７８", "01012345678"),
            ("+82 10-1234-5678", "01012345678"),
            ("010-1234-5678(본인)", "01012345678"),
            ("02-123-4567", "021234567"),
            ("(02) 123-4567", "021234567"),
            ("02)1234-5678", "0212345678"),
            ("031-123-4567", "0311234567"),
            ("011-234-5678", "0112345678"),
            ("1588-1234", "15881234"),
            ("0504-123-4567", "05041234567"),
            ("070-1234-5678", "07012345678"),
            ("+82 (0)10-1234-5678", "01012345678"),
            ("82-10-1234-5678", "01012345678"),
            ("0082-10-1234-5678", "01012345678"),
            ("010ㅡ1234ㅡ5678", "01012345678"),
            ("010·1234·5678", "01012345678"),
            ("010_1234_5678", "01012345678"),
            ("010~1234~5678", "01012345678"),
            ("010 - 1234 - 5678", "01012345678"),
            ("O10-1234-5678", "01012345678"),
            ("o1O-1234-5678", "01012345678"),
            ("1039159430.0", "01039159430"),
            ("212345678", "0212345678"),
            ("311234567", "0311234567"),
            ("（０２）１２３-４５６７", "021234567"),
        ],
    )
    def test_every_way_of_writing_a_number_gives_its_figures(self, written: str, digits: str) -> None:
        assert phone_digits(written) == digits

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "없음",
            "010-1234-567",
            "19380916",
            "2027-12-27",
            "570410-2345678",
            "수신거부",
            "010",
            "1",
            "9" * 50,
        ],
    )
    def test_what_is_no_number_is_none(self, text: str) -> None:
        assert phone_digits(text) is None

    def test_several_numbers_in_one_cell_are_all_found(self) -> None:
        text = "집 02-123-4567 / 01012345678, 1588-1234\n딸 010.2222.3333, 주민 570410-2345678"
        assert find_phones(text) == ("021234567", "01012345678", "15881234", "01022223333")

    @pytest.mark.parametrize(
        ("digits", "read"),
        [
            ("01012345678", "010-1234-5678"),
            ("021234567", "02-123-4567"),
            ("0212345678", "02-1234-5678"),
            ("0311234567", "031-123-4567"),
            ("15881234", "1588-1234"),
            ("05041234567", "0504-123-4567"),
            ("사무실", "사무실"),
        ],
    )
    def test_figures_are_shown_with_hyphens(self, digits: str, read: str) -> None:
        assert format_phone(digits) == read

    @steady
    @given(st.one_of(messy, st.from_regex(r"0?(10|2|31|70|504)[- .]?[0-9]{3,4}[- .]?[0-9]{4}", fullmatch=True)))
    def test_writing_and_reading_back_gives_the_same_figures(self, text: str) -> None:
        digits = phone_digits(text)
        if digits is not None:
            assert digits.isdecimal()
            assert phone_digits(format_phone(digits)) == digits
            assert digits in find_phones(format_phone(digits))

    @pytest.mark.parametrize(
        ("digits", "answer"),
        [
            ("01000000000", True),
            ("01012345678", True),
            ("01087654321", True),
            ("01012341234", True),
            ("01011111111", True),
            ("0200000000", True),
            ("01004942265", False),
            ("01011112222", False),
        ],
    )
    def test_a_number_that_only_fills_the_cell_is_known(self, digits: str, answer: bool) -> None:
        assert is_placeholder_phone(digits) is answer


class TestBirthDates:
    @pytest.mark.parametrize(
        ("written", "born_on"),
        [
            ("1982. 6. 24.", date(1982, 6, 24)),
            ("1938.12.28", date(1938, 12, 28)),
            ("1959-08-27", date(1959, 8, 27)),
            ("1959/8/7", date(1959, 8, 7)),
            ("19380916", date(1938, 9, 16)),
            ("1982년 6월 24일", date(1982, 6, 24)),
            ("1982년 6월 24일생", date(1982, 6, 24)),
            ("380916", date(1938, 9, 16)),
            ("38.9.16", date(1938, 9, 16)),
            ("'38.9.16", date(1938, 9, 16)),
            ("380916-2", date(1938, 9, 16)),
            ("380916-2******", date(1938, 9, 16)),
            ("050916-4", date(2005, 9, 16)),
            ("0509164******", date(2005, 9, 16)),
            ("380916-*******", date(1938, 9, 16)),
            ("27435", date(1975, 2, 10)),
            ("27435.0", date(1975, 2, 10)),
            ("1975-02-10 00:00:00", date(1975, 2, 10)),
            ("1950.3.2 (양력)", date(1950, 3, 2)),
            ("２０００. １. １", date(2000, 1, 1)),
            ("000229", date(2000, 2, 29)),
            (" 19380916 ", date(1938, 9, 16)),
            ("１９３８．９．１６", date(1938, 9, 16)),
            ("38년 9월 16일", date(1938, 9, 16)),
            ("1938-9-16 00:00", date(1938, 9, 16)),
            ("380916 - 2******", date(1938, 9, 16)),
            ("19380916.0", date(1938, 9, 16)),
            (datetime(1975, 2, 10, 9, 30), date(1975, 2, 10)),  # noqa: DTZ001 a spreadsheet knows no zone
            (date(1975, 2, 10), date(1975, 2, 10)),
            (27435, date(1975, 2, 10)),
            (19380916.0, date(1938, 9, 16)),
        ],
    )
    def test_every_way_of_writing_a_birth_date_is_read(self, written: str | date | float, born_on: date) -> None:
        assert parse_birth_date(written, today=TODAY) == born_on

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("19571332", "없는 날짜"),
            ("1957-02-30", "없는 날짜"),
            ("571332", "없는 날짜"),
            ("2027-12-27", "오늘보다 뒤"),
            ("1880-01-01", "120세"),
            ("450000-9", "없는 날짜"),
            ("450101-9", "120세"),
            ("20.3.5", "1920년인지 2020년인지"),
            ("1950", "읽을 수 없습니다"),
            ("1950.3.2(음)", "음력"),
            ("모름", "읽을 수 없습니다"),
            ("", "비어"),
            ("  ", "비어"),
        ],
    )
    def test_what_cannot_be_believed_is_refused_with_the_reason(self, written: str, reason: str) -> None:
        with pytest.raises(BirthDateError, match=reason):
            parse_birth_date(written, today=TODAY)

    @steady
    @given(
        st.dates(date(1906, 1, 1), TODAY),
        st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y%m%d", "%Y년 %m월 %d일", "%Y/%m/%d"]),
    )
    def test_a_written_date_is_read_back_as_itself(self, born_on: date, pattern: str) -> None:
        assert parse_birth_date(born_on.strftime(pattern), today=TODAY) == born_on

    @steady
    @given(st.one_of(messy, st.from_regex(r"[0-9]{5,8}", fullmatch=True)))
    def test_a_result_is_never_in_the_future_nor_before_living_memory(self, text: str) -> None:
        try:
            born_on = parse_birth_date(text, today=TODAY)
        except BirthDateError:
            return
        assert date(1906, 1, 1) <= born_on <= TODAY
