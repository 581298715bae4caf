from __future__ import annotations

from datetime import date

import pytest
from app.households.rules import HouseholdType
from app.needs.rules import (
    Answered,
    HouseholdNeeds,
    Instrument,
    NeedCounts,
    NeedDomain,
    NeedHouseholdType,
    NeedItem,
    NeedLevel,
    Turn,
    compare,
    label_domains,
    type_of,
    worst,
)
from hypothesis import given
from hypothesis import strategies as st

L, T, K = NeedLevel, NeedHouseholdType, HouseholdType
OLD = Instrument(
    "1", "옛 표", date(2020, 1, 1),
    (NeedDomain("A", "안전", (NeedItem("A1", "집"), NeedItem("A2", "밖"))), NeedDomain("B", "경제", (NeedItem("B1", "돈"),))),
)  # fmt: skip
NEW = Instrument(
    "2", "새 표", date(2026, 1, 1),
    (NeedDomain("A", "안전하기", (NeedItem("A1", "집"),)), NeedDomain("C", "디지털", (NeedItem("C1", "전화"),))),
)  # fmt: skip
FIRST = Answered(date(2025, 1, 1), OLD, {"A1": L.WATCH, "A2": L.URGENT, "B1": L.NEEDED})
LATEST = Answered(date(2026, 2, 1), NEW, {"A1": L.WATCH, "C1": L.NONE})


def test_each_domain_is_compared_by_its_worst_item_across_two_versions_of_the_form() -> None:
    found = compare(FIRST, LATEST)
    assert [(each.label, each.turn, each.words) for each in found.domains] == [
        ("안전하기", Turn.BETTER, "긴급 → 관찰 나아짐"), ("디지털", Turn.NEW, "없음 처음 물음"),
        ("경제", Turn.GONE, "필요 이제 묻지 않음"),
    ]  # fmt: skip
    assert found.summary == "나아진 영역 1, 나빠진 영역 0, 그대로 0"


def test_a_single_survey_says_what_is_needed_instead() -> None:
    assert compare(None, FIRST).summary == "‘필요’ 이상인 영역: 안전, 경제"
    assert compare(None, LATEST).summary == "‘필요’ 이상인 영역이 없습니다."
    assert compare(None, LATEST).first_on is None


LEVELS = st.sampled_from(list(NeedLevel))


@given(LEVELS, LEVELS)
def test_turning_round_first_and_latest_turns_better_into_worse(one: NeedLevel, other: NeedLevel) -> None:
    def turn(first: NeedLevel, latest: NeedLevel) -> Turn:
        pair = [Answered(date(2026, 1, 1), NEW, {"A1": level, "C1": L.NONE}) for level in (first, latest)]
        return compare(pair[0], pair[1]).domains[0].turn

    turned = {Turn.BETTER: Turn.WORSE, Turn.WORSE: Turn.BETTER, Turn.SAME: Turn.SAME}
    assert turn(other, one) is turned[turn(one, other)]


@given(st.lists(LEVELS, min_size=1))
def test_the_worst_is_one_of_them_and_none_is_worse(levels: list[NeedLevel]) -> None:
    found = worst(levels)
    assert found in levels
    assert found is not None
    assert all(each.severity <= found.severity for each in levels)


def test_only_the_upper_two_levels_are_needs() -> None:
    assert [level.is_needed for level in NeedLevel] == [False, False, True, True]
    assert worst([]) is None


@pytest.mark.parametrize(
    ("stored", "ages", "benefits", "counted"),
    [
        (K.SINGLE, [65], (), T.SINGLE_ELDER), (K.SINGLE, [64], (), T.SINGLE_ADULT), (K.SINGLE, [None], (), T.OTHER),
        (K.SINGLE, [18], (), T.TEEN_HEAD), (K.SINGLE, [], (), T.OTHER), (K.SINGLE_PARENT, [40, 9], (), T.SINGLE_PARENT),
        (K.COUPLE, [70, 66], (), T.ELDER_COUPLE), (K.COUPLE, [70, 60], (), T.GENERAL_FAMILY),
        (K.COUPLE, [70, None], (), T.GENERAL_FAMILY), (K.GRANDPARENT, [75, 10], (), T.SKIP_GEN),
        (K.MULTICULTURAL, [35, 30], (), T.MULTICULTURAL), (K.FAMILY, [50, 48, 15], (), T.GENERAL_FAMILY),
        (K.FAMILY, [50, 48], ("DISABILITY",), T.DISABLED), (K.SINGLE, [70], ("DISABILITY",), T.SINGLE_ELDER),
        (K.FAMILY, [17, 12], (), T.TEEN_HEAD), (K.OTHER, [50], (), T.OTHER), (K.OTHER, [50], ("DISABILITY",), T.DISABLED),
    ],
)  # fmt: skip
def test_the_type_a_household_is_counted_as(
    stored: HouseholdType, ages: list[int | None], benefits: tuple[str, ...], counted: NeedHouseholdType
) -> None:
    assert type_of(stored, ages, benefits) is counted


def test_every_number_of_the_counts_names_its_households() -> None:
    counts = NeedCounts(
        (("A", "안전"), ("B", "경제")),
        (
            HouseholdNeeds(1, T.SINGLE_ELDER, {"A": L.URGENT, "B": L.NEEDED}), HouseholdNeeds(2, T.SINGLE_ELDER, {"A": L.WATCH}),
            HouseholdNeeds(3, T.OTHER, {"A": L.NEEDED}),
        ),
    )  # fmt: skip
    assert counts.who("A") == (1, 3)
    assert (counts.count("A", T.SINGLE_ELDER), counts.count("B"), counts.count("X")) == (1, 1, 0)
    assert counts.surveyed == 3


def test_labels_and_order_are_those_of_the_newest_form() -> None:
    assert label_domains([[("A", "새 안전"), ("C", "디지털")], [("A", "안전"), ("B", "경제")]]) == (
        ("A", "새 안전"), ("C", "디지털"), ("B", "경제"),
    )  # fmt: skip
