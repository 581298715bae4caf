"""What a consent covers, on which day and towards whom; which are missing, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.consents.rules import (
    ConsentFacts,
    ConsentKind,
    Lack,
    Missing,
    Need,
    Receiver,
    covering,
    what_is_missing,
)
from hypothesis import given
from hypothesis import strategies as st

NOV = date(2026, 11, 1)


def on(days: int) -> date:
    return NOV + timedelta(days=days)


TO, OTHER = Receiver("한빛 나눔가게"), Receiver("구름복지관")
NEED = Need(1, ConsentKind.THIRD_PARTY, TO)
THIRD = ConsentFacts(1, ConsentKind.THIRD_PARTY, on(0), TO, consent_id=1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Receiver("한빛 나눔가게"), Receiver("한빛나눔가게"), True),
        (Receiver("한빛 나눔가게", 3), Receiver("옛 이름", 3), True),
        (Receiver("한빛 나눔가게", 3), Receiver("한빛 나눔가게", 4), True),
        (Receiver("한빛 나눔가게", 3), Receiver("", None), False),
        (Receiver(), Receiver(), False),
        (Receiver("한빛"), Receiver("한빛 나눔가게"), False),
    ],
)
def test_an_agency_is_known_by_its_entry_or_its_name(one: Receiver, other: Receiver, same: bool) -> None:
    assert one.is_same(other) is same
    assert other.is_same(one) is same


@pytest.mark.parametrize(
    ("consent", "day", "holds"),
    [
        (THIRD, -1, False),
        (THIRD, 0, True),
        (THIRD, 900, True),
        (replace(THIRD, valid_until=on(9)), 9, True),
        (replace(THIRD, valid_until=on(9)), 10, False),
        (replace(THIRD, withdrawn_on=on(9)), 8, True),
        (replace(THIRD, withdrawn_on=on(9)), 9, False),
        (replace(THIRD, is_signed=False), 0, False),
    ],
)
def test_a_consent_stands_from_its_day_to_its_last_or_until_it_is_withdrawn(
    consent: ConsentFacts, day: int, holds: bool
) -> None:
    assert consent.holds(on(day)) is holds


@pytest.mark.parametrize(
    ("consents", "lack"),
    [
        ([], Lack.NEVER),
        ([replace(THIRD, member_id=2)], Lack.NEVER),
        ([replace(THIRD, kind=ConsentKind.PERSONAL)], Lack.NEVER),
        ([replace(THIRD, receiver=OTHER)], Lack.OTHER_RECEIVER),
        ([replace(THIRD, receiver=OTHER, withdrawn_on=on(1))], Lack.NEVER),
        ([replace(THIRD, valid_until=on(9))], Lack.RUN_OUT),
        ([replace(THIRD, withdrawn_on=on(10))], Lack.WITHDRAWN),
        ([replace(THIRD, given_on=on(11))], Lack.NOT_YET),
        ([replace(THIRD, is_signed=False)], Lack.UNSIGNED),
        ([replace(THIRD, valid_until=on(2)), replace(THIRD, given_on=on(3), withdrawn_on=on(4), consent_id=2)], Lack.WITHDRAWN),
    ],
)  # fmt: skip
def test_why_a_consent_is_missing_is_told_by_the_newest_one(consents: list[ConsentFacts], lack: Lack) -> None:
    (missing,) = what_is_missing([NEED], consents, on=on(10))
    assert (missing.need, missing.lack) == (NEED, lack)


def test_what_is_covered_is_not_missing_and_what_is_needed_twice_is_missing_once() -> None:
    health = Need(1, ConsentKind.SENSITIVE)
    assert what_is_missing([NEED], [THIRD], on=on(5)) == []
    assert what_is_missing([NEED, health, NEED, health], [], on=on(5)) == [
        Missing(NEED, Lack.NEVER), Missing(health, Lack.NEVER)
    ]  # fmt: skip


def test_the_newest_of_several_covers() -> None:
    newer = replace(THIRD, given_on=on(3), consent_id=2)
    assert covering(NEED, [newer, THIRD], on=on(5)) == newer
    assert covering(NEED, [newer, THIRD], on=on(2)) == THIRD


DAYS = st.integers(0, 20).map(on)
CONSENTS = st.lists(
    st.builds(
        ConsentFacts, st.integers(1, 2), st.sampled_from(ConsentKind), DAYS, st.sampled_from([TO, OTHER, Receiver()]),
        st.none() | DAYS, st.none() | DAYS, st.booleans(), st.none() | st.integers(1, 9),
    ),
    max_size=5,
)  # fmt: skip
NEEDS = st.lists(
    st.builds(Need, st.integers(1, 2), st.sampled_from(ConsentKind), st.sampled_from([TO, OTHER])), max_size=4
)


@given(NEEDS, CONSENTS, DAYS)
def test_each_need_is_either_covered_or_missing_once(needs: list[Need], kept: list[ConsentFacts], day: date) -> None:
    missing = [each.need for each in what_is_missing(needs, kept, on=day)]
    assert len(missing) == len(set(missing))
    for need in needs:
        found = covering(need, kept, on=day)
        assert (found is None) == (need in missing)
        assert found is None or (found.holds(day) and found.is_about(need))


@given(NEEDS, CONSENTS, CONSENTS, DAYS)
def test_one_consent_more_never_makes_more_missing(
    needs: list[Need], kept: list[ConsentFacts], more: list[ConsentFacts], day: date
) -> None:
    before = {each.need for each in what_is_missing(needs, kept, on=day)}
    assert {each.need for each in what_is_missing(needs, kept + more, on=day)} <= before


@given(NEEDS, CONSENTS, DAYS, DAYS)
def test_a_withdrawal_never_makes_less_missing(
    needs: list[Need], kept: list[ConsentFacts], day: date, withdrawn_on: date
) -> None:
    ended = [replace(each, withdrawn_on=min(withdrawn_on, each.withdrawn_on or withdrawn_on)) for each in kept]
    before = {each.need for each in what_is_missing(needs, kept, on=day)}
    assert before <= {each.need for each in what_is_missing(needs, ended, on=day)}
