"""걸어온 길: every episode of a household in one line, a page at a time, narrowed by kind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from app.cases.queries import list_cases_of
from app.cases.rules import CaseStage
from app.core.database import new_id
from app.households.models import Household
from app.timelines import queries
from app.timelines.queries import Told
from app.timelines.rules import AT_ONCE, Event, EventKind
from app.visits import service as visits
from sqlalchemy.orm import Session
from tests.factories.cases import brought_to
from tests.factories.planning import approved_plan
from tests.factories.town import Town
from tests.factories.visits import visit_details
from tests.moments import NOW, TODAY, day


def visited(session: Session, town: Town, household: Household, times: int) -> None:
    for number in range(times):
        details = visit_details(household, day(-number), visit_id=new_id())
        visits.log_visit(session, household, details, typed_at=NOW, actor=town.who(town.nurse), now=NOW)


def pages_of(session: Session, household: Household, **how: Any) -> list[list[Event]]:
    pages, start = [], 0
    while True:
        line = queries.read_line(session, household, reads_health=True, start=start, **how)
        pages.append(list(line.events))
        if line.next_start is None:
            return pages
        start = line.next_start


def test_a_long_life_is_told_page_by_page_and_nothing_twice(session: Session, town: Town, household: Household) -> None:
    visited(session, town, household, AT_ONCE + 5)
    first, second = pages_of(session, household, kind=EventKind.VISIT)
    assert (len(first), len(second)) == (AT_ONCE, 5)
    told = [event.at for event in (*first, *second)]
    assert told == sorted(set(told), reverse=True)


def test_all_pages_together_are_all_kinds_together(session: Session, town: Town, household: Household) -> None:
    visited(session, town, household, AT_ONCE)
    case = brought_to(session, household, town.who(town.worker), CaseStage.PLAN)
    approved_plan(session, case, town.who(town.worker), town.who(town.supervisor))
    told = Told(cases=list_cases_of(session, household.id))
    everything = [event for page in pages_of(session, household, told=told) for event in page]
    by_kind = [
        event for kind in EventKind for page in pages_of(session, household, kind=kind, told=told) for event in page
    ]
    assert len(everything) == len(by_kind)
    assert {event.kind for event in everything} >= {EventKind.VISIT, EventKind.CASE, EventKind.PLAN}


def test_years_stand_as_they_are_in_korea(session: Session, town: Town, household: Household) -> None:
    brought_to(session, household, town.who(town.worker), CaseStage.ASSESSMENT)
    line = queries.read_line(
        session, household, reads_health=True, told=Told(cases=list_cases_of(session, household.id))
    )
    assert [year for year, _events in line.years] == [TODAY.year]


@pytest.mark.parametrize("kind", [None, *EventKind])
def test_every_kind_has_a_page_and_every_title_leads_somewhere(
    sign_in_as: Any, session: Session, town: Town, household: Household, kind: EventKind | None
) -> None:
    visited(session, town, household, 2)
    brought_to(session, household, town.who(town.worker), CaseStage.SERVICE)
    session.commit()
    browser = sign_in_as(town.worker)
    page = browser.get(f"/households/{household.id}" + (f"?kind={kind.value}" if kind else ""))
    opened = set(re.findall(r'class="link-row" href="([^"]+)"', page.html))
    for url in opened:
        browser.get(url)
    assert opened or kind not in {None, EventKind.VISIT, EventKind.CASE}


def test_a_page_after_the_last_says_so(sign_in_as: Any, session: Session, town: Town, household: Household) -> None:
    session.commit()
    page = sign_in_as(town.worker).get(f"/households/{household.id}?kind=CASE&after=-5")
    assert "이 갈래의 기록이 없습니다" in page.text
