"""When a service is checked next; what stands in the way of a referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.consents.rules import ConsentKind, Lack, Missing, Need, Receiver
from app.plans.rules import (
    Asked,
    Block,
    ReferralGround,
    ReferralState,
    Rhythm,
    earliest,
    is_late,
    is_missed,
    needs_of,
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


PLAIN = Asked(ReferralGround.CONSENT, "복지관", "까닭", "반찬")
HEALTHY = replace(PLAIN, shares_health=True)
THIRD = Need(1, ConsentKind.THIRD_PARTY, Receiver("복지관"))
HEALTH = Need(1, ConsentKind.SENSITIVE)


@pytest.mark.parametrize(
    ("asked", "members", "needs"),
    [
        (PLAIN, [1], [THIRD]),
        (PLAIN, [1, 2], [THIRD, replace(THIRD, member_id=2)]),
        (HEALTHY, [1], [THIRD, HEALTH]),
        (replace(PLAIN, ground=ReferralGround.LAW), [1], []),
        (replace(HEALTHY, ground=ReferralGround.URGENT), [1], []),
    ],
)
def test_a_referral_rests_on_the_consent_of_everybody_it_is_about(
    asked: Asked, members: list[int], needs: list[Need]
) -> None:
    assert needs_of(asked, members) == needs


@pytest.mark.parametrize(
    ("asked", "missing", "blocks"),
    [
        (PLAIN, [], []),
        (PLAIN, [Missing(THIRD, Lack.NEVER)], [Block.NO_CONSENT]),
        (PLAIN, [Missing(THIRD, Lack.OTHER_RECEIVER)], [Block.OTHER_RECEIVER]),
        (PLAIN, [Missing(THIRD, Lack.RUN_OUT)], [Block.RUN_OUT]),
        (PLAIN, [Missing(THIRD, Lack.WITHDRAWN)], [Block.WITHDRAWN]),
        (PLAIN, [Missing(THIRD, Lack.UNSIGNED)], [Block.UNSIGNED]),
        (PLAIN, [Missing(THIRD, Lack.NOT_YET)], [Block.NOT_YET]),
        (HEALTHY, [Missing(HEALTH, Lack.WITHDRAWN)], [Block.NO_HEALTH_CONSENT]),
        (HEALTHY, [Missing(THIRD, Lack.NEVER), Missing(HEALTH, Lack.NEVER)], [Block.NO_CONSENT, Block.NO_HEALTH_CONSENT]),
        (replace(PLAIN, ground=ReferralGround.LAW), [], [Block.NO_GROUND_WORDS]),
        (replace(PLAIN, ground=ReferralGround.URGENT, ground_note="쓰러짐", shares_health=True), [], []),
        (Asked(ReferralGround.CONSENT, " ", "", ""), [Missing(THIRD, Lack.NEVER)], [Block.NO_CONSENT, Block.NO_RECEIVER, Block.NO_REASON, Block.NOTHING_ASKED]),
    ],
)  # fmt: skip
def test_what_blocks_a_referral_is_named(asked: Asked, missing: list[Missing], blocks: list[Block]) -> None:
    assert what_blocks(asked, missing) == blocks


def test_where_nobody_could_have_agreed_nothing_goes_by_consent() -> None:
    assert what_blocks(PLAIN, [], has_people=False) == [Block.NO_CONSENT]
    by_law = replace(PLAIN, ground=ReferralGround.LAW, ground_note="노인복지법 제39조의6")
    assert what_blocks(by_law, [], has_people=False) == []


@given(st.lists(st.sampled_from(Lack), max_size=4))
def test_nothing_goes_by_consent_while_one_is_missing(lacks: list[Lack]) -> None:
    assert bool(what_blocks(PLAIN, [Missing(THIRD, lack) for lack in lacks])) == bool(lacks)


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
