"""Days off of a 시군구: what is stored, whom it reaches, and that nobody else is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from app.access.identity import Identity
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.follow_ups import queries, service
from app.follow_ups.models import HolidayOverride, Obligation
from app.follow_ups.queries.holidays import list_takeable, name_of, preview_days, read_year
from app.follow_ups.rules import ContactMode, HolidayKind
from app.follow_ups.rules.comparing import Turn
from app.follow_ups.rules.holiday_changes import DayChange, DayVerb
from app.follow_ups.rules.holiday_years import DayLook
from app.follow_ups.service.holidays import add_days, change_day, check_day
from app.households.models import Household
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_contact, add_household, set_rule
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

WEDNESDAY = date(2026, 12, 23)
"""Thirty days from today."""
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def officer(town: Town) -> Identity:
    """봉다온, who keeps the days off of 한빛구."""
    return town.who(town.district_officer)


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    """A household whose next check falls on WEDNESDAY."""
    return checked(session, town)


def checked(session: Session, town: Town, starts_on: date = TODAY, *, far: bool = False) -> Household:
    worker = town.who(town.far_supervisor if far else town.worker)
    made = add_household(session, worker)
    set_rule(session, made, "CASE_CHECK_GENERAL", worker, starts_on=starts_on)
    return made


def added(on: date = WEDNESDAY, name: str = "구민의 날") -> DayChange:
    return DayChange(DayVerb.ADD, on, name, HolidayKind.LOCAL, "조례 제5조")


def taken(on: date = CHRISTMAS) -> DayChange:
    return DayChange(DayVerb.TAKE, on, note="선거 지원")


def due_on(session: Session, household: Household) -> date | None:
    (due,) = queries.list_dues(session, household, today=TODAY)
    return due.due_on


def change(session: Session, made: DayChange, officer: Identity) -> int:
    """Carry it out and count everybody anew; returns how many households that took."""
    change_day(session, made, actor=officer, now=NOW)
    return service.refresh_batch(session, today=TODAY)


def test_an_added_day_moves_what_falls_on_it_and_the_reason_names_it(
    session: Session, officer: Identity, household: Household
) -> None:
    assert due_on(session, household) == WEDNESDAY
    done = change_day(session, added(), actor=officer, now=NOW)
    assert (done.touched, done.known_before) == (1, ())
    (due,) = queries.list_dues(session, household, today=TODAY)
    assert due.due_on == date(2026, 12, 22)
    assert "구민의 날이라" in " ".join(due.because)


def test_a_change_reaches_exactly_those_it_touches(session: Session, town: Town, officer: Identity) -> None:
    here, elsewhere_in_time = checked(session, town), checked(session, town, day(-2))
    next_door = checked(session, town, far=True)
    session.execute(update(Obligation).values(computed_on=day(-1)))
    before = rows_by_household(session)
    change_day(session, added(), actor=officer, now=NOW)
    stale = {key for key, rows in rows_by_household(session).items() if rows != before[key]}
    assert stale == {here.id}
    assert service.refresh_batch(session, today=TODAY) == 1
    after = rows_by_household(session)
    assert {row.computed_on for row in after[here.id]} == {TODAY}
    assert after[elsewhere_in_time.id] == before[elsewhere_in_time.id]
    assert after[next_door.id] == before[next_door.id]
    assert service.refresh_batch(session, today=TODAY) == 0


def test_what_was_added_can_be_put_back(session: Session, officer: Identity, household: Household) -> None:
    change(session, added(), officer)
    assert change(session, DayChange(DayVerb.UNDO, WEDNESDAY), officer) == 1
    assert due_on(session, household) == WEDNESDAY
    assert session.scalars(select(HolidayOverride)).all() == []


def test_a_holiday_that_is_worked_lets_a_due_fall_on_it_again(session: Session, town: Town, officer: Identity) -> None:
    household = checked(session, town, CHRISTMAS - timedelta(days=30))
    assert due_on(session, household) == date(2026, 12, 24)
    assert change(session, taken(), officer) == 1
    assert due_on(session, household) == CHRISTMAS
    assert change(session, DayChange(DayVerb.UNDO, CHRISTMAS), officer) == 1
    assert due_on(session, household) == date(2026, 12, 24)


def test_a_weekend_that_is_added_moves_nobody(session: Session, officer: Identity, household: Household) -> None:
    change(session, added(date(2026, 12, 19)), officer)
    assert due_on(session, household) == WEDNESDAY


def test_what_was_done_stands_in_the_year_and_in_the_log(session: Session, town: Town, officer: Identity) -> None:
    change(session, added(), officer)
    change(session, taken(), officer)
    shown = read_year(session, town.garam.district_id, 2026)
    own = {each.on: each for each in shown.days if each.own}
    assert [(each.look, each.name) for each in own.values()] == [
        (DayLook.ADDED, "구민의 날"),
        (DayLook.TAKEN, "성탄절"),
    ]
    assert own[WEDNESDAY].own is not None
    assert (own[WEDNESDAY].own.set_by, own[WEDNESDAY].own.note) == ("봉다온", "조례 제5조")
    assert (shown.count(DayLook.ADDED), shown.count(DayLook.TAKEN), shown.count(DayLook.PUBLIC)) == (1, 1, 21)
    log = select(AccessLog.subject, AccessLog.detail).where(AccessLog.action == Action.CHANGE_HOLIDAY)
    assert {row.subject: row.detail for row in session.execute(log)} == {
        "holiday:2026-12-23": "휴무일로 추가 · 구민의 날 · 조례 제5조",
        "holiday:2026-12-25": "근무하는 날로 바꾸기 · 성탄절 · 선거 지원",
    }


def test_the_working_days_of_a_year_follow_its_days_off(session: Session, town: Town, officer: Identity) -> None:
    before = read_year(session, town.garam.district_id, 2026).working_days
    change(session, added(), officer)
    assert read_year(session, town.garam.district_id, 2026).working_days == before - 1
    assert read_year(session, town.haneul.district_id, 2026).working_days == before
    change(session, taken(), officer)
    assert read_year(session, town.garam.district_id, 2026).working_days == before


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (added(CHRISTMAS), "ALREADY_PUBLIC"),
        (added(day(-1)), "PAST_DAY"),
        (added(date(2051, 3, 2)), "NO_HOLIDAY_YEAR"),
        (added(name=" "), "NAME_NEEDED"),
        (DayChange(DayVerb.TAKE, CHRISTMAS), "REASON_NEEDED"),
        (taken(WEDNESDAY), "NOT_A_HOLIDAY"),
        (DayChange(DayVerb.UNDO, CHRISTMAS), "NOTHING_TO_UNDO"),
    ],
)
def test_a_change_that_means_nothing_is_refused_and_stores_nothing(
    session: Session, officer: Identity, made: DayChange, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        change_day(session, made, actor=officer, now=NOW)
    assert session.scalars(select(HolidayOverride)).all() == []


def test_the_day_of_another_district_is_neither_known_nor_undone(
    session: Session, town: Town, officer: Identity
) -> None:
    change(session, added(), officer)
    far = town.who(town.far_supervisor)
    with pytest.raises(RuleBroken, match="NOTHING_TO_UNDO"):
        check_day(session, DayChange(DayVerb.UNDO, WEDNESDAY), actor=far, now=NOW)
    change_day(session, added(name="새봄 축제"), actor=far, now=NOW)
    assert name_of(session, town.garam.district_id, WEDNESDAY) == "구민의 날"
    assert name_of(session, town.haneul.district_id, WEDNESDAY) == "새봄 축제"


def test_several_days_are_added_together_and_those_known_meanwhile_are_left(
    session: Session, officer: Identity, household: Household
) -> None:
    change(session, added(name="먼저 온 이름"), officer)
    file = [added(), added(date(2026, 12, 22), "임시공휴일"), added(CHRISTMAS)]
    done = add_days(session, file, actor=officer, now=NOW)
    assert [each.on for each in done.made] == [date(2026, 12, 22)]
    assert [each.on for each in done.known_before] == [WEDNESDAY, CHRISTMAS]
    assert due_on(session, household) == date(2026, 12, 21)
    with pytest.raises(RuleBroken, match="NOTHING_TO_ADD"):
        add_days(session, file, actor=officer, now=NOW)
    rows = session.scalars(select(HolidayOverride).order_by(HolidayOverride.on)).all()
    assert [(row.on, row.name) for row in rows] == [(date(2026, 12, 22), "임시공휴일"), (WEDNESDAY, "먼저 온 이름")]


def test_a_preview_says_what_would_move_and_stores_nothing(
    session: Session, town: Town, officer: Identity, household: Household
) -> None:
    checked(session, town, day(-2))
    before = rows_by_household(session)
    seen = preview_days(session, officer, [added()], today=TODAY)
    assert (seen.looked_at, seen.touched, seen.overdue, dict(seen.turns)) == (1, 1, 0, {Turn.EARLIER: 1})
    (line,) = seen.lines
    assert (line.number, line.title) == (household.number, household.title)
    assert line.change.before is not None
    assert (line.change.before.due_on, line.change.due.due_on) == (WEDNESDAY, date(2026, 12, 22))
    assert rows_by_household(session) == before
    assert session.scalars(select(HolidayOverride)).all() == []


def test_a_day_off_today_makes_overdue_what_was_to_be_done_today(
    session: Session, town: Town, officer: Identity
) -> None:
    checked(session, town, day(-30))
    seen = preview_days(session, officer, [added(TODAY)], today=TODAY)
    assert (seen.touched, seen.overdue) == (1, 1)


def test_only_coming_weekdays_can_be_taken_away(session: Session, town: Town, officer: Identity) -> None:
    offered = list_takeable(session, town.garam.district_id, today=TODAY)
    assert offered[0].on == CHRISTMAS
    assert {each.on.year for each in offered} == {2026, 2027}
    assert all(each.on.weekday() < 5 and each.on >= TODAY for each in offered)
    change(session, taken(), officer)
    assert CHRISTMAS not in {each.on for each in list_takeable(session, town.garam.district_id, today=TODAY)}


@dataclass(frozen=True)
class Row:
    """A stored answer as it stands in the table."""

    term_id: int | None
    due_on: date | None
    because: str
    computed_on: date
    recompute_on: date | None


def rows_by_household(session: Session) -> dict[int, list[Row]]:
    session.expire_all()
    found: dict[int, list[Row]] = {}
    for row in session.scalars(select(Obligation).order_by(Obligation.id)):
        said = Row(row.term_id, row.due_on, str(row.because), row.computed_on, row.recompute_on)
        found.setdefault(row.household_id, []).append(said)
    return found


def a_small_town(session: Session, town: Town) -> list[Household]:
    """Households under every kind of rule, seen at different times; one of them opened to nobody lately."""
    nurse, households = town.who(town.nurse), []
    for at, code in enumerate(
        ("CASE_CHECK_COMPLEX", "CASE_CHECK_GENERAL", "AFTERCARE", "ISOLATION_HIGH", "ISOLATION_MID")
    ):
        made = add_household(session, nurse, HEAD, SPOUSE)
        set_rule(session, made, code, nurse, starts_on=day(-11 * at))
        member_rule = ("NURSE_INTENSIVE", "NURSE_REGULAR", "NURSE_SELF")[at % 3]
        set_rule(session, made, member_rule, nurse, starts_on=day(-70 - at), member_id=made.members[0].id)
        promised = service.Promise(day(9 + 13 * at)) if at % 2 else None
        add_contact(session, made, day(-9 - at), promised=promised)
        households.append(made)
    add_contact(session, households[0], day(-1), mode=ContactMode.ABSENT)
    return households


verbs = st.builds(
    lambda verb, offset: DayChange(verb, day(offset), "구민의 날", HolidayKind.LOCAL, "까닭"),
    st.sampled_from([DayVerb.ADD, DayVerb.ADD, DayVerb.TAKE, DayVerb.UNDO]),
    st.integers(0, 120),
)


def dues(session: Session, households: Sequence[Household], town: Town, *, afresh: bool) -> list[str]:
    ids, district_id = [each.id for each in households], town.garam.district_id
    read = queries.compute_dues if afresh else queries.read_dues
    found = read(session, ids, district_id=district_id, today=TODAY)
    return sorted(str(due) for each in found.values() for due in each)


def test_any_change_of_days_leaves_every_stored_answer_true_and_those_it_does_not_touch_alone(
    session: Session, town: Town, officer: Identity
) -> None:
    households = a_small_town(session, town)
    session.execute(update(Obligation).values(computed_on=day(-1)))
    session.commit()
    ids = [each.id for each in households]

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(verbs, min_size=1, max_size=4))
    def live(changes: list[DayChange]) -> None:
        with session.begin_nested() as savepoint:
            before, reached, seen = (
                rows_by_household(session),
                set[int](),
                dues(session, households, town, afresh=False),
            )
            for made in changes:
                reached |= carried_out(session, made, officer)
            assert dues(session, households, town, afresh=False) == dues(session, households, town, afresh=True)
            while service.refresh_batch(session, today=TODAY, most=2):
                pass
            after = rows_by_household(session)
            assert {key for key, rows in after.items() if rows != before[key]} == reached
            assert all(row.computed_on == TODAY for key in reached for row in after[key])
            assert service.find_untrue(session, ids, today=TODAY) == {}
            moved = dues(session, households, town, afresh=False)
            assert moved == seen or reached
            savepoint.rollback()
        session.expire_all()

    live()


def carried_out(session: Session, made: DayChange, officer: Identity) -> set[int]:
    """Whom the change reached; a change that means nothing reaches nobody."""
    touched = queries.list_touched_by_days(session, officer.district_id, [made.on])
    try:
        assert change_day(session, made, actor=officer, now=NOW).touched == len(touched)
    except RuleBroken:
        return set()
    return set(touched)


def test_a_preview_foretells_exactly_what_the_change_does(session: Session, town: Town, officer: Identity) -> None:
    households = a_small_town(session, town)
    session.commit()

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(verbs)
    def live(made: DayChange) -> None:
        with session.begin_nested() as savepoint:
            before = due_dates(session, households, town)
            foretold = {
                (line.change.household_id, line.change.due.term_id): line.change.after and line.change.after.due_on
                for line in preview_days(session, officer, [made], today=TODAY).lines
            }
            carried_out(session, made, officer)
            after = due_dates(session, households, town)
            if session.scalar(select(HolidayOverride.id)) is not None:
                assert foretold == {key: on for key, on in after.items() if on != before[key]}
            savepoint.rollback()
        session.expire_all()

    live()


def due_dates(
    session: Session, households: Sequence[Household], town: Town
) -> dict[tuple[int, int | None], date | None]:
    ids = [each.id for each in households]
    found = queries.read_dues(session, ids, district_id=town.garam.district_id, today=TODAY)
    return {(key, due.term_id): due.due_on for key, each in found.items() for due in each}
