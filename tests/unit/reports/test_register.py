"""The words of the register, and how days and figures are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from app.reports.rules import Masking, Purpose, ReportCode, document_number, judge_print, wording


@pytest.mark.parametrize("words", [ReportCode, Purpose, Masking])
def test_every_word_of_the_register_has_a_korean_label_of_its_own(words) -> None:
    labels = [word.label for word in words]
    assert len(set(labels)) == len(labels)
    assert all(any("가" <= letter <= "힣" for letter in label) for label in labels)


def test_a_print_without_a_purpose_is_refused() -> None:
    verdict = judge_print(Masking.STATISTICS, None, may_print_unmasked=True)
    assert (verdict.allowed, verdict.because) == (False, "출력 목적을 선택하십시오.")


@pytest.mark.parametrize(
    ("masking", "permitted", "allowed"),
    [
        (Masking.FULL, True, True),
        (Masking.FULL, False, False),
        (Masking.AGENCY, False, True),
        (Masking.STATISTICS, False, True),
    ],
)
def test_only_a_paper_without_masks_needs_the_permission(masking, permitted, allowed) -> None:
    verdict = judge_print(masking, Purpose.DUTY, may_print_unmasked=permitted)
    assert verdict.allowed is allowed
    assert bool(verdict.because) is not allowed


def test_a_document_number_names_office_kind_year_and_serial() -> None:
    number = document_number("가람동", ReportCode.CASE_REPORT, date(2026, 9, 20), 7)
    assert number == "가람동-R13-2026-0007"


def test_days_are_written_with_points_and_moments_on_a_korean_clock() -> None:
    assert wording.day(date(2026, 9, 5)) == "2026. 9. 5."
    assert wording.day_of_week(date(2026, 9, 20)) == "2026. 9. 20.(일)"
    assert wording.moment(datetime(2026, 9, 19, 15, 30, tzinfo=UTC)) == "2026. 9. 20. 00:30"
    assert wording.span(date(2026, 1, 1), date(2026, 9, 20)) == "2026. 1. 1. ~ 2026. 9. 20."
    assert wording.as_of(date(2026, 9, 20)) == "2026. 9. 20. 기준"


def test_what_is_missing_is_said_in_words() -> None:
    assert wording.day(None) == "해당 없음"
    assert wording.day(None, wording.UNKNOWN) == "미확인"
    assert wording.listed(("", " ")) == "해당 없음"
    assert wording.listed(("2인 필수", "대형견")) == "2인 필수, 대형견"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(36.5, 1, "36.5"), (50, 1, "50.0"), (50.25, 1, "50.25"), (132, 0, "132"), (0, 0, "0"), (None, 1, "-")],
)
def test_a_figure_keeps_its_usual_decimals_and_loses_none(value, decimals: int, shown: str) -> None:
    assert wording.figure(value, decimals) == shown


@pytest.mark.parametrize(
    ("told", "on_paper"),
    [
        ("마지막 접촉 2026-05-20(수).", "마지막 접촉 2026. 5. 20.(수)."),
        ("3개월 8회(2026-10-19~2027-01-18) 중 2회", "3개월 8회(2026. 10. 19. ~ 2027. 1. 18.) 중 2회"),
        ("계산일 12/5(토)은 토요일이라 12/4(금)로", "계산일 12. 5.(토)은 토요일이라 12. 4.(금)로"),
        ("혈압 163/91, 전화 010-2026-1123", "혈압 163/91, 전화 010-2026-1123"),
        ("규칙 NURSE_SELF v2026.", "규칙 NURSE_SELF v2026."),
    ],
)
def test_reasons_name_their_days_as_papers_do(told: str, on_paper: str) -> None:
    assert wording.as_on_paper(told) == on_paper
