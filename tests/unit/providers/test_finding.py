"""A provider is found by its name, by what it gives and by 초성, and a list is read row by row."""

from __future__ import annotations

import pytest
from app.core.errors import RuleBroken
from app.core.tables.rows import Table, TableRow
from app.providers.rules import (
    NeedItem,
    ProviderDetails,
    ProviderKind,
    check_provider,
    fits,
    need_label,
    rank,
    read_providers,
    services_from,
)
from hypothesis import given
from hypothesis import strategies as st

NAME, SERVICES = "가람종합사회복지관", ["밑반찬", "이동 지원"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("가람", True),
        ("종합 복지관", True),
        ("밑반찬", True),
        ("이동지원", True),
        ("ㄱㄹㅈㅎ", True),
        ("ㅁㅂㅊ", True),
        ("푸른로", True),
        ("가람 목욕", False),
        ("ㅂㅎㅅ", False),
        ("ㅍㄹㄹ", False),
    ],
)
def test_a_provider_fits_what_was_typed(words: str, found: bool) -> None:
    assert fits(words, name=NAME, services=SERVICES, other=["한빛구 푸른로 3"]) is found


@given(st.text(alphabet="가람종합사회복지관", min_size=1, max_size=9))
def test_what_is_found_by_a_name_ranks_before_the_rest(words: str) -> None:
    order = rank(words, name=NAME)
    assert (order < 2) == (words in NAME)
    assert (order == 0) == NAME.startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [("밑반찬, 이동 지원", ("밑반찬", "이동 지원")), ("가/나·가", ("가", "나")), (" ,\n", ()), ("목욕", ("목욕",))],
)
def test_services_are_parted(text: str, words: tuple[str, ...]) -> None:
    assert services_from(text) == words


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (ProviderDetails(ProviderKind.PRIVATE, "  "), "NAME_NEEDED"),
        (ProviderDetails(ProviderKind.PRIVATE, "가", tuple(map(str, range(31)))), "TOO_MANY_SERVICES"),
        (ProviderDetails(ProviderKind.PRIVATE, "가", ("나" * 41,)), "SERVICE_TOO_LONG"),
    ],
)
def test_an_entry_nobody_could_use_is_refused(details: ProviderDetails, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_provider(details)
    assert broken.value.code == code


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(TableRow(at + 1, row) for at, row in enumerate(rows)), "CSV")


def test_every_row_of_a_list_is_read_or_says_why_not() -> None:
    rows = read_providers(
        table(
            ("제공기관 현황",), ("기관명", "구분", "서비스", "욕구", "전화"),
            ("가람복지관", "민간", "밑반찬, 목욕", "신체 건강, 모름", "02-0110-1"), ("", "공공"), ("나래", "기타"), (),
            ("한빛 이웃회", "주민조직"), ("이름만",),
        )
    )  # fmt: skip
    assert [(row.number, row.details is not None) for row in rows] == [
        (3, True),
        (4, False),
        (5, False),
        (7, True),
        (8, True),
    ]
    first = rows[0].details
    assert first == ProviderDetails(
        ProviderKind.PRIVATE, "가람복지관", ("밑반찬", "목욕"), ("HEALTH_PHYSICAL",), phone="02-0110-1"
    )
    assert rows[3].details is not None
    assert rows[3].details.kind is ProviderKind.INFORMAL
    assert "기타" in rows[2].problem


def test_a_list_without_a_name_column_is_refused() -> None:
    with pytest.raises(RuleBroken) as broken:
        read_providers(table(("전화", "주소"), ("1", "2")))
    assert broken.value.code == "NO_NAME_COLUMN"


def test_needs_have_words_and_unknown_codes_stay_themselves() -> None:
    assert need_label("HEALTH_MENTAL") == NeedItem.HEALTH_MENTAL.label == "정신 건강"
    assert need_label("OWN_3") == "OWN_3"
