"""Load against capacity: whose work it is, in which week, and whether it fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from app.access.permissions import Role
from app.calendars.rules.workload import (
    Balance,
    Fit,
    Share,
    Slice,
    Task,
    Week,
    capacity_in,
    coming_weeks,
    share_out,
)
from app.calendars.rules.workload_defaults import UsualCapacity, usual_capacities, visits_per_day
from app.core.holidays import working_days
from app.visits.rules import Leave
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.reference import read_shipped
from tests.moments import TODAY, day

DAYS = working_days(range(2026, 2028))
WEEKS = coming_weeks(TODAY, DAYS)
NURSE, COLLEAGUE, NOBODY = 1, 2, None
PLAN, OTHER_PLAN = UUID(int=1), UUID(int=2)


def due(on: int, household_id: int = 7, holder_id: int | None = NURSE) -> Task:
    return Task(household_id, day(on), holder_id)


def plan(on: int, household_id: int = 7, holder_id: int | None = NURSE, planned_id: UUID = PLAN) -> Task:
    return Task(household_id, day(on), holder_id, planned_id)


def leave(absent: int, covering: int, first: int, last: int) -> Leave:
    return Leave(absent, "", day(first), day(last), covering, "")


def away(first: int, last: int) -> Leave:
    return leave(NURSE, COLLEAGUE, first, last)


def loads(tasks: Sequence[Task], *leaves: Leave, bearer: int | None = NURSE) -> list[int]:
    """The visits of each of the four weeks."""
    shares = share_out(tasks, weeks=WEEKS, leaves=leaves, today=TODAY)
    return [len(shares[bearer, place].load) if (bearer, place) in shares else 0 for place in range(len(WEEKS))]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        # A Monday: four whole weeks.
        (date(2026, 11, 23), [("11-23", "11-29"), ("11-30", "12-06"), ("12-07", "12-13"), ("12-14", "12-20")]),
        # A Thursday: what is left of the week.
        (date(2026, 11, 26), [("11-26", "11-29"), ("11-30", "12-06"), ("12-07", "12-13"), ("12-14", "12-20")]),
        # A Saturday: nothing of the week is worked any more.
        (date(2026, 11, 28), [("11-30", "12-06"), ("12-07", "12-13"), ("12-14", "12-20"), ("12-21", "12-27")]),
        # 추석: Thursday to Sunday are off, so on Thursday the next Monday begins.
        (date(2026, 9, 24), [("09-28", "10-04"), ("10-05", "10-11"), ("10-12", "10-18"), ("10-19", "10-25")]),
    ],
)
def test_the_weeks_ahead_hold_only_days_that_can_still_be_worked(today: date, expected: list[tuple[str, str]]) -> None:
    weeks = coming_weeks(today, DAYS)
    assert [(week.first_on.isoformat()[5:], week.last_on.isoformat()[5:]) for week in weeks] == expected


@pytest.mark.parametrize(
    ("week", "leaves", "expected"),
    [
        (Week(day(0), day(6)), (), 25),
        (Week(day(3), day(6)), (), 10),
        (Week(day(0), day(6)), (away(0, 4),), 0),
        (Week(day(0), day(6)), (away(1, 1), away(1, 2)), 15),  # two covers of one day are one day
        (Week(day(0), day(6)), (away(5, 6),), 25),  # leave on a weekend takes nothing
        (Week(day(0), day(6)), (leave(COLLEAGUE, NURSE, 0, 6),), 25),  # somebody else's leave
        (Week(date(2026, 9, 21), date(2026, 9, 27)), (), 15),  # 추석: Monday to Wednesday
        (Week(date(2026, 12, 21), date(2026, 12, 27)), (), 20),  # 성탄절 on a Friday
    ],
)
def test_what_fits_into_a_week_is_the_days_somebody_is_there(
    week: Week, leaves: tuple[Leave, ...], expected: int
) -> None:
    assert capacity_in(week, person_id=NURSE, visits_per_day=5, leaves=leaves, working_days=DAYS) == expected


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        ([], [0, 0, 0, 0]),
        ([due(0), due(6, 8), due(7, 9), due(27, 10)], [2, 1, 0, 1]),
        ([due(28)], [0, 0, 0, 0]),  # after the last week
        ([due(-1), due(-200, 8)], [2, 0, 0, 0]),  # overdue: to be done first
        ([due(1), due(3)], [1, 0, 0, 0]),  # two dues behind one door
        ([due(1), due(8)], [1, 1, 0, 0]),  # a week apart they are two visits
        ([plan(2)], [1, 0, 0, 0]),
        ([plan(-1)], [0, 0, 0, 0]),  # planned for a day that is past: no longer to come
        ([due(1), plan(2)], [1, 0, 0, 0]),  # the due is planned
        ([due(8), plan(2)], [1, 0, 0, 0]),  # planned early
        ([due(1), plan(8)], [1, 1, 0, 0]),  # planned too late: the due stands in its week
        ([due(-3), plan(8)], [0, 1, 0, 0]),  # overdue and planned: done when it is planned
        ([due(1), plan(2, holder_id=COLLEAGUE)], [1, 0, 0, 0]),  # a colleague's visit is not one's own
        ([plan(1), plan(3, planned_id=OTHER_PLAN)], [2, 0, 0, 0]),  # two visits to one household
    ],
)
def test_every_visit_counts_once_in_the_week_it_is_made(tasks: list[Task], expected: list[int]) -> None:
    assert loads(tasks) == expected


@pytest.mark.parametrize(
    ("tasks", "leaves", "own", "colleagues"),
    [
        ([due(1)], [away(0, 2)], [0, 0, 0, 0], [1, 0, 0, 0]),
        ([due(3)], [away(0, 2)], [1, 0, 0, 0], [0, 0, 0, 0]),  # due when she is back
        ([due(-9)], [away(0, 2)], [0, 0, 0, 0], [1, 0, 0, 0]),  # overdue today, and today a colleague does it
        ([due(-9)], [away(1, 2)], [1, 0, 0, 0], [0, 0, 0, 0]),
        ([plan(1)], [away(0, 2)], [0, 0, 0, 0], [1, 0, 0, 0]),
        ([due(2), plan(1)], [away(0, 2)], [0, 0, 0, 0], [1, 0, 0, 0]),
        ([due(2), plan(1, holder_id=COLLEAGUE)], [away(0, 2)], [0, 0, 0, 0], [1, 0, 0, 0]),
        ([due(9)], [away(7, 11)], [0, 0, 0, 0], [0, 1, 0, 0]),
    ],
)
def test_during_leave_the_work_is_that_of_whoever_covers(
    tasks: list[Task], leaves: list[Leave], own: list[int], colleagues: list[int]
) -> None:
    assert loads(tasks, *leaves) == own
    assert loads(tasks, *leaves, bearer=COLLEAGUE) == colleagues


def test_what_was_taken_over_and_handed_over_is_said() -> None:
    tasks = [due(1), due(1, 8), plan(1, 8), due(4, 9), due(2, 10, COLLEAGUE)]
    shares = share_out(tasks, weeks=WEEKS, leaves=[away(0, 2)], today=TODAY)
    assert [task.household_id for task in shares[COLLEAGUE, 0].of(Slice.TAKEN)] == [8, 7]
    assert [task.household_id for task in shares[NURSE, 0].of(Slice.HANDED)] == [8, 7]
    assert [task.household_id for task in shares[NURSE, 0].load] == [9]
    assert len(shares[COLLEAGUE, 0].load) == 3


def test_each_part_of_a_week_is_the_rows_it_counts() -> None:
    tasks = [due(-2), due(0, 8), due(3, 9), plan(2, 9), plan(4, 10, planned_id=OTHER_PLAN)]
    share = share_out(tasks, weeks=WEEKS, leaves=[], today=TODAY)[NURSE, 0]
    found = {part: [task.household_id for task in share.of(part)] for part in Slice}
    assert found == {
        Slice.LOAD: [9, 10, 7, 8], Slice.DUE: [7, 8, 9], Slice.OVERDUE: [7], Slice.PLANNED: [9, 10], Slice.TAKEN: [],
        Slice.HANDED: [],
    }  # fmt: skip


def test_what_nobody_is_responsible_for_stands_by_itself() -> None:
    shares = share_out([due(1, holder_id=NOBODY)], weeks=WEEKS, leaves=[away(0, 9)], today=TODAY)
    assert list(shares) == [(None, 0)]


@pytest.mark.parametrize(
    ("load", "capacity", "fit", "words"),
    [
        (12, 15, Fit.ROOM, "여유 3"),
        (15, 15, Fit.EXACT, "딱 맞음"),
        (21, 15, Fit.OVER, "넘침 6"),
        (0, 25, Fit.ROOM, "여유 25"),
        (4, 0, Fit.OVER, "넘침 4"),
        (0, 0, Fit.REST, "쉬는 주"),
    ],
)
def test_how_it_fits_is_said_in_words(load: int, capacity: int, fit: Fit, words: str) -> None:
    balance = Balance(load, capacity)
    assert (balance.fit, balance.words) == (fit, words)


def test_two_people_together_have_room_for_what_both_have() -> None:
    assert (Balance(12, 15) + Balance(9, 5)).words == "넘침 1"


PEOPLE = st.sampled_from([1, 2, 3, None])
TASKS = st.lists(
    st.builds(
        Task,
        household_id=st.integers(1, 6),
        on=st.integers(-40, 40).map(day),
        holder_id=PEOPLE,
        planned_id=st.one_of(st.none(), st.uuids()),
    ),
    max_size=25,
)
LEAVES = st.lists(
    st.builds(
        lambda absent, covering, first, length: leave(absent, covering, first, first + length),
        st.sampled_from([1, 2]), st.just(3), st.integers(-5, 25), st.integers(0, 9),
    ),
    max_size=3,
)  # fmt: skip


def all_of(shares: dict[tuple[int | None, int], Share], part: Slice) -> list[Task]:
    return [task for share in shares.values() for task in share.of(part)]


@given(TASKS, LEAVES)
def test_leave_moves_work_and_neither_loses_nor_doubles_a_planned_visit(tasks: list[Task], leaves: list[Leave]) -> None:
    shares = share_out(tasks, weeks=WEEKS, leaves=leaves, today=TODAY)
    to_come = [task for task in tasks if task.planned_id and TODAY <= task.on <= WEEKS[-1].last_on]
    assert sorted(all_of(shares, Slice.PLANNED), key=repr) == sorted(to_come, key=repr)
    wanted = {task.household_id for task in tasks if task.on <= WEEKS[-1].last_on and not task.planned_id}
    assert wanted <= {task.household_id for task in all_of(shares, Slice.LOAD)}


@given(TASKS, LEAVES)
def test_every_part_is_part_of_the_whole(tasks: list[Task], leaves: list[Leave]) -> None:
    for share in share_out(tasks, weeks=WEEKS, leaves=leaves, today=TODAY).values():
        assert set(share.of(Slice.OVERDUE)) <= set(share.due)
        assert set(share.of(Slice.TAKEN)) <= set(share.load) <= set(share.due) | set(share.planned)
        assert len(share.load) <= len(share.due) + len(share.planned)


@given(TASKS, st.integers(1, 3))
def test_a_further_due_never_makes_the_load_of_its_holder_smaller(tasks: list[Task], household_id: int) -> None:
    assert sum(loads([*tasks, due(3, household_id)])) >= sum(loads(tasks))


SHIPPED = usual_capacities(read_shipped("capacity"))


def test_what_is_usual_of_a_role_is_shipped_with_its_source() -> None:
    assert {role: usual.visits_per_day for role, usual in SHIPPED.items()} == {
        Role.NURSE: 5, Role.WORKER: 2, Role.SUPERVISOR: 1,
    }  # fmt: skip
    assert "자체 기본값" in SHIPPED[Role.WORKER].source
    assert "1,000회" in SHIPPED[Role.NURSE].source


@pytest.mark.parametrize(
    ("own", "role", "expected"), [(None, Role.NURSE, 5), (7, Role.NURSE, 7), (0, Role.NURSE, 0), (None, Role.ADMIN, 0)]
)
def test_a_number_of_ones_own_goes_before_the_usual_one(own: int | None, role: Role, expected: int) -> None:
    assert visits_per_day(own, role, SHIPPED) == expected


@pytest.mark.parametrize(
    "entry",
    [
        {"visits_per_day": 21, "source": "x"},
        {"visits_per_day": -1, "source": "x"},
        {"visits_per_day": 4.5, "source": "x"},
        {"visits_per_day": True, "source": "x"},
        {"visits_per_day": 5, "source": " "},
        {"visits_per_day": 5},
    ],
)
def test_a_document_without_a_whole_number_and_a_source_is_refused(entry: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="NURSE"):
        usual_capacities({"roles": {"NURSE": entry}})


def test_one_entry_for_each_role_is_read() -> None:
    document = {"roles": {"NURSE": {"visits_per_day": 4, "source": "우리 구"}}}
    assert usual_capacities(document) == {Role.NURSE: UsualCapacity(4, "우리 구")}
