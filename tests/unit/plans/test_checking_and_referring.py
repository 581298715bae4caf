"""When a service is checked next; what stands in the way of a referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from app.plans.rules import (
    Asked,
    Block,
    ConsentSeen,
    ReferralGround,
    ReferralState,
    Rhythm,
    covering,
    earliest,
    is_late,
    is_missed,
    next_check,
    what_blocks,
)
from app.plans.rules.referring import may_become
from hypothesis import given
from hypothesis import strategies as st

NOV = date(2026, 11, 1)


def on(days: int) -> date:
    return NOV + timedelta(days=days)


@pytest.mark.parametrize(
    ("rhythm", "approved", "due"),
    [
        (Rhythm(on(0), None, 14), on(0), on(14)),
        (Rhythm(on(0), None, 14), on(5), on(19)),
        (Rhythm(on(9), None, 14), on(5), on(23)),
        (Rhythm(on(0), None, 14, checked_on=(on(3), on(20))), on(0), on(34)),
        (Rhythm(on(0), None, None), on(0), None),
        (Rhythm(on(0), None, 14, ended_on=on(2)), on(0), None),
        (Rhythm(on(0), on(10), 14), on(0), on(10)),
        (Rhythm(on(0), on(40), 14, checked_on=(on(30),)), on(0), on(40)),
        (Rhythm(on(0), on(40), 14, checked_on=(on(40),)), on(0), None),
        (Rhythm(on(0), on(3), 14), on(9), on(9)),
    ],
)
def test_the_next_check_counts_from_the_last_one(rhythm: Rhythm, approved: date, due: date | None) -> None:
    assert next_check(rhythm, approved_on=approved) == due


@given(st.integers(1, 366), st.lists(st.integers(0, 400), max_size=5), st.none() | st.integers(0, 500))
def test_a_check_never_comes_due_on_or_before_the_day_of_the_last_one(
    days: int, checked: list[int], ends: int | None
) -> None:
    rhythm = Rhythm(NOV, on(ends) if ends is not None else None, days, checked_on=tuple(map(on, checked)))
    due = next_check(rhythm, approved_on=NOV)
    assert due is None or not checked or due > on(max(checked))


def test_the_earliest_check_of_all_is_the_one_that_is_due() -> None:
    assert earliest([(on(3), "목욕"), (None, "쌀"), (on(3), "가사"), (on(9), "반찬")]) == (on(3), "가사")
    assert earliest([(None, "쌀")]) is None
    assert [is_missed(due, today=on(3)) for due in (None, on(2), on(3))] == [False, True, False]


THIRD = ConsentSeen("THIRD_PARTY", True, on(0), consent_id=1)
OTHER = replace(THIRD, covers_receiver=False, consent_id=2)
HEALTH = ConsentSeen("SENSITIVE", False, on(0))
PLAIN = Asked(ReferralGround.CONSENT, "복지관", "까닭", "반찬")


@pytest.mark.parametrize(
    ("asked", "consents", "blocks"),
    [
        (PLAIN, [THIRD], []),
        (PLAIN, [], [Block.NO_CONSENT]),
        (PLAIN, [HEALTH, ConsentSeen("PERSONAL", False, on(0))], [Block.NO_CONSENT]),
        (PLAIN, [OTHER], [Block.OTHER_RECEIVER]),
        (PLAIN, [replace(OTHER, withdrawn_on=on(1))], [Block.NO_CONSENT]),
        (PLAIN, [replace(THIRD, valid_until=on(9))], [Block.RUN_OUT]),
        (PLAIN, [replace(THIRD, withdrawn_on=on(10))], [Block.WITHDRAWN]),
        (PLAIN, [replace(THIRD, withdrawn_on=on(11))], []),
        (PLAIN, [replace(THIRD, valid_until=on(10))], []),
        (PLAIN, [replace(THIRD, given_on=on(11))], [Block.RUN_OUT]),
        (PLAIN, [replace(THIRD, valid_until=on(2)), replace(THIRD, given_on=on(3))], []),
        (replace(PLAIN, shares_health=True), [THIRD], [Block.NO_HEALTH_CONSENT]),
        (replace(PLAIN, shares_health=True), [THIRD, HEALTH], []),
        (replace(PLAIN, shares_health=True), [], [Block.NO_CONSENT, Block.NO_HEALTH_CONSENT]),
        (replace(PLAIN, ground=ReferralGround.LAW), [THIRD], [Block.NO_GROUND_WORDS]),
        (replace(PLAIN, ground=ReferralGround.URGENT, ground_note="쓰러짐", shares_health=True), [], []),
        (Asked(ReferralGround.CONSENT, " ", "", ""), [], [Block.NO_CONSENT, Block.NO_RECEIVER, Block.NO_REASON, Block.NOTHING_ASKED]),
    ],
)  # fmt: skip
def test_what_blocks_a_referral_is_named(asked: Asked, consents: list[ConsentSeen], blocks: list[Block]) -> None:
    assert what_blocks(asked, consents, on=on(10)) == blocks


_CONSENTS = st.lists(
    st.builds(
        ConsentSeen, st.sampled_from(["PERSONAL", "SENSITIVE", "THIRD_PARTY"]), st.booleans(),
        st.integers(0, 20).map(on), st.none() | st.integers(0, 20).map(on), st.none() | st.integers(0, 20).map(on),
    ),
    max_size=4,
)  # fmt: skip


@given(_CONSENTS, st.integers(0, 20))
def test_nothing_goes_by_consent_unless_one_covers_the_receiver_that_day(consents: list[Any], day: int) -> None:
    found = covering(consents, on=on(day))
    assert (not what_blocks(PLAIN, consents, on=on(day))) == (found is not None)
    assert found is None or (found.kind == "THIRD_PARTY" and found.covers_receiver and found.holds(on(day)))


def test_a_referral_goes_by_its_table() -> None:
    draft, sent, replied, ended = ReferralState
    allowed = {(a, b) for a in ReferralState for b in ReferralState if may_become(a, b)}
    assert allowed == {(draft, sent), (draft, ended), (sent, replied), (sent, ended), (replied, replied)}


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [
        (ReferralState.SENT, on(1), True),
        (ReferralState.SENT, on(2), False),
        (ReferralState.SENT, None, False),
        (ReferralState.REPLIED, on(1), False),
    ],
)
def test_an_answer_is_late_after_its_day(state: ReferralState, due: date | None, late: bool) -> None:
    assert is_late(state=state, reply_due_on=due, today=on(2)) is late
