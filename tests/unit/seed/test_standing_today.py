"""How things stand on the day of the story, by the engine and the rules that are shipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol

from app.core.holidays import public_holidays, working_days
from app.follow_ups.rules import CareGroup, Contact, ContactMode, DueAnswer, Purpose, Status, Term, due, rule_from
from app.seed.rhythms import RHYTHMS, next_due
from app.seed.seed_files import read
from app.seed.shapes import Story
from app.seed.workdays import DAY, Workdays
from hypothesis import given
from hypothesis import strategies as st

YEARS = range(2025, 2029)
RULES = {row["code"]: rule_from(row) for row in read("follow_up_rules")}
PRESSING = (Status.OVERDUE, Status.DUE)


class Owed(Protocol):
    household: str
    rule: str
    answer: DueAnswer


Engine = Callable[[Story], list[Owed]]


def households_of(answers: Iterable[Owed], *statuses: Status) -> set[str]:
    return {one.household for one in answers if one.answer.status in statuses}


def main_nurse_households(story: Story) -> set[str]:
    return {r.household for r in story.assignments if r.login == "garam.nurse1" and r.until_on is None}


def test_most_are_in_time_and_a_few_overdue(story_of_any_day: Story, owed: Engine) -> None:
    answers = owed(story_of_any_day)
    active = sum(h.closure is None for h in story_of_any_day.households)
    assert 0.05 <= len(households_of(answers, Status.OVERDUE)) / active <= 0.08


def test_some_are_due_today_and_some_this_week(any_story: Story, owed: Engine) -> None:
    answers = owed(any_story)
    assert 6 <= len(households_of(answers, Status.DUE)) <= 24
    assert len(households_of(answers, Status.OPEN)) >= 25


def test_the_main_nurse_has_a_days_work(any_story: Story, owed: Engine) -> None:
    hers = main_nurse_households(any_story)
    assert len(hers) >= 90
    nursing = [one for one in owed(any_story) if one.rule.startswith("NURSE") and one.household in hers]
    assert 6 <= len(households_of(nursing, *PRESSING)) <= 10


def test_on_a_day_off_nothing_falls_due_but_the_overdue_stay(story_of_any_day: Story, owed: Engine) -> None:
    if working_days(YEARS).is_working(story_of_any_day.today):
        return
    shifted = [one for one in owed(story_of_any_day) if one.rule != "ISOLATION_HIGH"]
    assert not households_of(shifted, Status.DUE)
    assert households_of(shifted, Status.OVERDUE)


def test_some_households_were_not_met_twice_in_a_row(any_story: Story) -> None:
    last = {h.key: [v.mode for v in any_story.visits if v.household == h.key][-2:] for h in any_story.households}
    once = [key for key, modes in last.items() if modes[-1:] == ["ABSENT"]]
    twice = [key for key in once if last[key] == ["ABSENT", "ABSENT"]]
    assert 5 <= len(once) <= 14
    assert 2 <= len(twice) <= 6


def test_the_featured_households_stand_as_their_story_says(story: Story, owed: Engine) -> None:
    assert [h.members[0].name for h in story.households[:3]] == ["김순자", "최병철", "이춘자"]
    kim, choi, lee = (household.key for household in story.households[:3])
    nursing = [one for one in owed(story) if one.rule.startswith("NURSE")]
    assert {kim, choi} <= households_of(nursing, Status.OVERDUE)
    assert lee in households_of(nursing, Status.DUE)


def test_intensive_times_were_kept_up(any_story: Story) -> None:
    for group in any_story.care_groups:
        if group.group == "INTENSIVE":
            rhythm = RHYTHMS["INTENSIVE"]
            until = min(rhythm.after(group.starts_on), any_story.today)
            seen = [v for v in any_story.visits if group.member in v.members and v.vitals]
            days = {v.occurred_on for v in seen if group.starts_on <= v.occurred_on < until}
            expected = 8 * (until - group.starts_on).days / 92
            assert len(days) >= min(6, expected - 2.5)


@given(
    rule=st.sampled_from(sorted(RHYTHMS)),
    starts_on=st.dates(date(2026, 1, 1), date(2027, 3, 1)),
    gaps=st.lists(st.integers(1, 40), max_size=6),
)
def test_the_planner_counts_like_the_engine(rule: str, starts_on: date, gaps: list[int]) -> None:
    seen = [starts_on + DAY * sum(gaps[: n + 1]) for n in range(len(gaps))]
    seen = [day for day in seen if day < RHYTHMS[rule].after(starts_on)] if RHYTHMS[rule].count else seen
    planned = next_due(RHYTHMS[rule], starts_on, seen, Workdays.without(public_holidays(YEARS)))
    is_group = rule in tuple(CareGroup)
    shipped = RULES[CareGroup(rule).rule_code if is_group else rule]
    purpose = Purpose.NURSING if is_group else Purpose.WELFARE
    contacts = [Contact(day, ContactMode.FACE, purpose, frozenset({1})) for day in seen]
    term = Term(starts_on, member=1 if is_group else None)
    today = max([starts_on, *seen])
    assert due(term, shipped, contacts, today=today, working_days=working_days(YEARS)).due_on == planned
