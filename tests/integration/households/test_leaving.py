"""Nothing is due of somebody who no longer lives there."""

from __future__ import annotations

from datetime import date, datetime

from app.follow_ups.queries import list_dues
from app.follow_ups.rules import CareGroup
from app.follow_ups.service import set_care_group
from app.timelines.service import member_left, member_returned
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_household
from tests.factories.town import Town
from tests.moments import day


def test_the_dues_of_a_member_go_and_come_back_with_the_person(
    session: Session, town: Town, now: datetime, today: date
) -> None:
    nurse = town.who(town.nurse)
    household = add_household(session, nurse, HEAD, SPOUSE)
    head, spouse = household.members
    for member in (head, spouse):
        set_care_group(session, member, CareGroup.REGULAR, from_on=day(-30), reason="혈압", actor=nurse, now=now)

    member_left(session, spouse, on=today, because="시설 입소", actor=nurse, now=now)
    assert {due.member_id for due in list_dues(session, household, today=today)} == {head.id}

    member_returned(session, spouse, actor=nurse, now=now)
    assert {due.member_id for due in list_dues(session, household, today=today)} == {head.id, spouse.id}
