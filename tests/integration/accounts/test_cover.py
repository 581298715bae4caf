"""대직: while somebody is away a colleague sees and does that person's households as their own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from app.accounts import queries, service
from app.accounts.models import Account, Cover
from app.core.errors import RuleBroken
from sqlalchemy.orm import Session
from tests.factories.town import Town
from tests.moments import day


def arrange(
    session: Session, absent: Account, by: Account, town: Town, now: datetime, first: int = 0, last: int = 2
) -> Cover:
    return service.arrange_cover(
        session, absent, by, from_on=day(first), until_on=day(last), reason="연가", actor=town.who(town.supervisor), now=now
    )  # fmt: skip


@pytest.mark.parametrize(
    ("offset", "covers"), [(-1, False), (0, True), (1, True), (2, True), (3, False)], ids=lambda value: str(value)
)
def test_a_cover_holds_from_its_first_day_to_its_last(
    session: Session, town: Town, now: datetime, offset: int, covers: bool
) -> None:
    arrange(session, town.nurse, town.other_nurse, town, now)
    covered = queries.covered_by(session, town.other_nurse.id, today=day(offset))
    assert covered == ({town.nurse.id} if covers else set())


def test_whoever_covers_acts_for_both_and_the_absent_one_for_nobody_else(
    session: Session, town: Town, now: datetime
) -> None:
    arrange(session, town.nurse, town.other_nurse, town, now)
    assert town.who(town.other_nurse).acting_for == {town.other_nurse.id, town.nurse.id}
    assert town.who(town.nurse).acting_for == {town.nurse.id}


def test_a_cover_ended_early_is_over_at_once(session: Session, town: Town, now: datetime) -> None:
    cover = arrange(session, town.nurse, town.other_nurse, town, now)
    service.end_cover(session, cover, actor=town.who(town.supervisor), now=now + timedelta(hours=1))
    assert town.who(town.other_nurse).covered_ids == frozenset()


@pytest.mark.parametrize(
    ("absent", "by", "last", "code"),
    [
        ("nurse", "nurse", 2, "COVER_SELF"),
        ("nurse", "worker", 2, "COVER_UNFIT"),
        ("worker", "nurse", 2, "COVER_UNFIT"),
        ("nurse", "narae_nurse", 2, "COVER_UNFIT"),
        ("nurse", "other_nurse", -1, "COVER_DATES"),
    ],
)
def test_a_cover_is_refused(
    session: Session, town: Town, now: datetime, absent: str, by: str, last: int, code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        arrange(session, town.accounts[absent], town.accounts[by], town, now, last=last)
    assert refused.value.code == code


def test_a_supervisor_may_cover_for_a_worker(session: Session, town: Town, now: datetime) -> None:
    arrange(session, town.worker, town.supervisor, town, now)
    assert town.worker.id in town.who(town.supervisor).acting_for


def test_covers_are_listed_until_they_are_over(session: Session, town: Town, now: datetime) -> None:
    past = arrange(session, town.worker, town.other_worker, town, now, first=-9, last=-1)
    standing = arrange(session, town.nurse, town.other_nurse, town, now)
    to_come = arrange(session, town.worker, town.other_worker, town, now, first=5, last=6)
    arrange(session, town.narae_worker, town.narae_supervisor, town, now)
    listed = queries.list_covers(session, frozenset({town.garam.id}), today=day(0))
    assert list(listed) == [standing, to_come]
    assert past not in listed
