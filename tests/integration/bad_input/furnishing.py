"""A town in which every form of the product stands on some page; the same in every database, to the last id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from unittest import mock
from uuid import UUID

from app.access.identity import Identity
from app.accounts import service as accounts
from app.discoveries import queries as discoveries
from app.discoveries import service as deciding
from app.discoveries.service import import_list
from app.follow_ups.rules.holiday_changes import DayChange, DayVerb
from app.follow_ups.rules.vocabulary import HolidayKind
from app.follow_ups.service.holidays import change_day
from app.follow_ups.service.refreshing import mark_stale
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason
from app.timelines import service as timelines
from app.visits import service as visits
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_household
from tests.factories.town import Town, find_town
from tests.factories.visits import absence_details
from tests.integration.discoveries.files import a_list, person
from tests.invariants.conftest import furnish
from tests.moments import NOW, TODAY, day


@contextmanager
def numbered_ids() -> Iterator[None]:
    """New ids come in order, so that the same page has the same address everywhere."""
    with mock.patch("app.core.database.uuid4", side_effect=(UUID(int=number) for number in count(1))):
        yield


@dataclass(frozen=True)
class Grounds:
    """Where the walks begin, and what an address may hold."""

    starts: tuple[str, ...]
    """Pages that no link of a short walk leads to."""
    values: Mapping[str, Any]
    """Values of URLs by their names."""
    foreign: Mapping[str, str]
    """Ids of another centre, by what they are ids of."""


def furnish_all(session: Session) -> Grounds:
    """Everything there is, committed."""
    town = find_town(session)
    with numbered_ids():
        furnished = furnish(session, town, NOW)
        homes = furnished.household, _closed(session, town), _unreached(session, town)
        foreign = add_household(session, town.who(town.narae_worker))
        _decide_rows(session, town)
        _take_a_day_off(session, town.who(town.district_officer))
        accounts.disable(session, town.other_worker, actor=town.who(town.administrator), now=NOW)
        mark_stale(session, [furnished.household.id], from_on=TODAY)
    session.commit()
    pages = (f"/households/{home.id}{rest}" for home in homes for rest in ("", "/members"))
    starts = ("/", *pages, f"/rules/{furnished.values['rule_id']}", "/follow-ups/refreshing", "/discoveries/held")
    return Grounds(starts, furnished.values, {"household": str(foreign.id), "person": str(town.narae_nurse.id)})


def _closed(session: Session, town: Town) -> Household:
    """A couple of which one left; then the household was closed."""
    worker = town.who(town.worker)
    home = add_household(session, worker, HEAD, SPOUSE)
    timelines.member_left(session, home.members[1], on=TODAY, because="전출", actor=worker, now=NOW)
    households.close_household(
        session, home, ClosureReason.MOVED, note="", actor=town.who(town.supervisor), now=NOW
    )  # fmt: skip
    return home


def _unreached(session: Session, town: Town) -> Household:
    """Nobody opened on three days: the supervisor is asked."""
    home = add_household(session, town.who(town.nurse))
    for offset in (-2, -1, 0):
        details = absence_details(home, day(offset))
        visits.log_absence(session, home, details, typed_at=NOW, actor=town.who(town.nurse), now=NOW)
    return home


def _decide_rows(session: Session, town: Town) -> None:
    """Rows that may mean somebody known: two wait, one for a relative, and one was decided."""
    officer, doubtful = town.who(town.supervisor), {"road": "한빛구 햇살로 77", "unit": "3호"}
    rows = (
        person(phone="010-9999-8888", **doubtful),
        person(number="2", name="천둥솔", phone="010-8888-7777", **doubtful),
        person(number="3", name="김바다", born="1971-05-05"),
    )
    import_list(session, a_list(*rows), centre=town.garam, actor=officer, now=NOW)
    held = discoveries.list_held(session, officer, limit=5)
    deciding.as_new(session, held[0], actor=officer, now=NOW)


def _take_a_day_off(session: Session, officer: Identity) -> None:
    change = DayChange(DayVerb.ADD, day(21), "구민의 날", HolidayKind.LOCAL, "조례")
    change_day(session, change, actor=officer, now=NOW)
