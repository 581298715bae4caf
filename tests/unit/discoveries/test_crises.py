"""Crisis information as lists word it, and the codes we ship."""

from __future__ import annotations

import pytest
from app.discoveries.rules import CrisisCode, CrisisCodes, crisis_codes_from


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("단전", ("CI_POWER_CUT",)),
        ("단전,단수 , 단가스", ("CI_POWER_CUT", "CI_WATER_CUT", "CI_GAS_CUT")),
        ("단전, 단전", ("CI_POWER_CUT",)),
        ("건강 보험료체납", ("CI_NHI_ARREARS",)),
        ("건강보험료 체납(6개월), 단전", ("CI_NHI_ARREARS", "CI_POWER_CUT")),
        ("건강보험료 체납 3개월 이상", ("CI_NHI_ARREARS",)),
        ("대출금 연체(1,000만원)", ("CI_LOAN_OVERDUE",)),
        ("단전/단수", ("CI_POWER_CUT", "CI_WATER_CUT")),
        ("단전·단수", ("CI_POWER_CUT", "CI_WATER_CUT")),
        ("휴·폐업", ("CI_BIZ_CLOSE",)),
        ("단전\n관리비 체납", ("CI_POWER_CUT", "CI_APT_FEE")),
        ("CI_WATER_CUT", ("CI_WATER_CUT",)),
        ("", ()),
        (" , ", ()),
    ],
)
def test_every_wording_of_a_crisis_is_known(codes: CrisisCodes, cell: str, known: tuple[str, ...]) -> None:
    assert codes.read(cell) == (known, ())


def test_unknown_words_are_named_and_the_known_ones_still_read(codes: CrisisCodes) -> None:
    assert codes.read("단전, 미지의 위기, 집안/사정") == (("CI_POWER_CUT",), ("미지의 위기", "집안", "사정"))


def test_a_label_wins_over_another_codes_alias() -> None:
    codes = CrisisCodes([CrisisCode("A", "체납"), CrisisCode("B", "연체", aliases=("체납",))])
    assert codes.read("체납") == (("A",), ())


def test_codes_are_unique_and_every_word_means_one_of_them(codes: CrisisCodes) -> None:
    assert len({code.code for code in codes.codes}) == len(codes.codes) >= 42
    words = [word for code in codes.codes for word in (code.label, *code.aliases)]
    assert len(set(words)) == len(words)
    for code in codes.codes:
        assert codes.read(code.label) == ((code.code,), ())
        assert all(codes.read(alias) == ((code.code,), ()) for alias in code.aliases)


def test_every_code_says_where_it_is_from_and_how_sure_that_is(codes: CrisisCodes) -> None:
    assert all(code.source and code.confidence in ("H", "M", "L") for code in codes.codes)
    assert codes.label_of("CI_NHI_ARREARS") == "건강보험료 체납"
    assert codes.label_of("CI_GONE") == "CI_GONE"


def test_many_different_words_do_not_fill_the_memory(codes: CrisisCodes) -> None:
    for number in range(20_000):
        codes.read(f"모르는 말 {number}")
    assert codes.read("단전") == (("CI_POWER_CUT",), ())


def test_a_document_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError):
        crisis_codes_from("{")
