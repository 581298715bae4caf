"""The plan as a whole: how much there is, that it is the same every time, and that it hangs together."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest
from app.seed.portraits import age_on
from app.seed.shapes import Story
from app.seed.story import plan_story

TODAY = date(2026, 11, 23)
IN_ANOTHER_PROCESS = """
import hashlib
from datetime import date
from app.seed.story import plan_story
print(hashlib.sha256(repr(plan_story(today=date(2026, 11, 23))).encode()).hexdigest())
"""


def test_there_is_enough_of_everything(story_of_any_day: Story) -> None:
    story = story_of_any_day
    assert len(story.households) >= 240
    assert sum(len(household.members) for household in story.households) >= 450
    assert 2_500 <= len(story.visits) <= 3_000
    assert len(story.staff) >= 12
    assert len(story.corrections) == 4
    assert sum(visit.typed_at.date() > visit.occurred_on for visit in story.visits) >= 40


def test_every_role_and_every_centre_is_staffed(story: Story) -> None:
    roles = Counter((person.centre, person.role) for person in story.staff)
    for centre in story.centres:
        assert min(roles[centre.key, role] for role in ("WORKER", "NURSE", "SUPERVISOR")) >= 1
    assert {person.role for person in story.staff if person.centre is None} == {"DISTRICT", "PRIVACY", "ADMIN"}


def test_the_same_arguments_give_the_same_story_in_any_process() -> None:
    here = hashlib.sha256(repr(plan_story(today=TODAY)).encode()).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    there = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS], env=environment, capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == here


def test_the_people_stay_the_same_when_the_day_moves_on(story: Story) -> None:
    later = plan_story(today=TODAY + timedelta(days=5))
    assert [h.members[0].name for h in later.households] == [h.members[0].name for h in story.households]
    assert [h.dwelling for h in later.households] == [h.dwelling for h in story.households]
    assert later.visits[-1].occurred_on > story.visits[-1].occurred_on


def test_another_seed_tells_another_story(story: Story) -> None:
    other = plan_story(today=TODAY, seed=7)
    assert len(other.visits) >= 2_000
    assert [h.members[0].name for h in other.households] != [h.members[0].name for h in story.households]


def test_visits_lie_within_the_year_that_ended_yesterday(story_of_any_day: Story) -> None:
    story = story_of_any_day
    days = [visit.occurred_on for visit in story.visits]
    assert min(days) >= story.today - timedelta(days=365)
    assert max(days) < story.today
    assert (story.today - max(days)).days <= 6
    assert all(visit.typed_at.date() < story.today for visit in story.visits)
    assert days == sorted(days)


def test_nothing_but_reviews_and_promises_lies_ahead(any_story: Story) -> None:
    story = any_story
    dates = [group.starts_on for group in story.care_groups] + [term.starts_on for term in story.terms]
    dates += [risk.judged_on for h in story.households for risk in h.risks]
    dates += [h.registered_on for h in story.households] + [h.closure.closed_on for h in story.households if h.closure]
    dates += [row.from_on for row in story.assignments] + [c.corrected_at.date() for c in story.corrections]
    assert max(dates) < story.today


def test_work_is_done_on_working_days(any_story: Story) -> None:
    assert all(visit.occurred_on.weekday() < 5 for visit in any_story.visits)


def test_whoever_was_met_lives_there(any_story: Story) -> None:
    members = {h.key: {member.key for member in h.members} for h in any_story.households}
    for visit in any_story.visits:
        assert set(visit.members) <= members[visit.household]
        assert {vitals.member for vitals in visit.vitals} <= set(visit.members)
        assert bool(visit.members) == (visit.mode in ("FACE", "CALL", "OFFICE"))


def test_a_grown_up_is_met_on_every_visit(any_story: Story) -> None:
    people = {m.key: m for h in any_story.households for m in h.members}
    for visit in any_story.visits:
        ages = [age_on(people[key], visit.occurred_on) for key in visit.members]
        assert not ages or max(ages) >= 19


def test_records_lie_between_registration_and_closure(any_story: Story) -> None:
    households = {h.key: h for h in any_story.households}
    for visit in any_story.visits:
        household = households[visit.household]
        assert household.registered_on <= visit.occurred_on
        assert household.closure is None or visit.occurred_on <= household.closure.closed_on


def test_households_end_for_different_reasons(story: Story) -> None:
    reasons = Counter(h.closure.reason for h in story.households if h.closure)
    assert {"MOVED", "DIED"} <= set(reasons)
    assert 5 <= reasons.total() <= 15


def test_face_to_face_is_most_of_it_and_every_mode_occurs(any_story: Story) -> None:
    modes = Counter(visit.mode for visit in any_story.visits)
    assert modes["FACE"] > len(any_story.visits) / 2
    assert set(modes) == {"FACE", "ABSENT", "CALL", "NO_ANSWER", "OFFICE", "LETTER", "NEIGHBOUR"}
    assert {visit.purpose for visit in any_story.visits} == {"NURSING", "WELFARE", "CHECK_IN", "JOINT"}


def test_ids_and_keys_are_unique(any_story: Story) -> None:
    story = any_story
    assert len({visit.id for visit in story.visits}) == len(story.visits)
    people = [member.key for household in story.households for member in household.members]
    assert len(set(people)) == len(people)
    homes = Counter((h.dwelling.road_address, h.dwelling.unit) for h in story.households)
    assert max(homes.values()) == 1


@pytest.mark.parametrize("field", ["household_type", "centre"])
def test_households_are_of_many_kinds(story: Story, field: str) -> None:
    kinds = Counter(getattr(household, field) for household in story.households)
    assert len(kinds) >= 3
    assert min(kinds.values()) >= 5


def test_there_are_ages_and_names_of_every_sort(story: Story) -> None:
    people = [member for household in story.households for member in household.members]
    ages = [age_on(member, story.today) for member in people]
    assert sum(age >= 65 for age in ages) > len(ages) / 3
    assert min(ages) < 10
    assert max(ages) > 90
    names = {member.name for member in people}
    assert 0.85 * len(people) < len(names) < len(people), "a few namesakes, as in any 동"
    assert {2, 3, 4, 5} <= {len(name) for name in names}
    assert all(member.birth_on < story.today for member in people)


def test_all_risk_levels_and_groups_occur_and_risk_has_a_history(story: Story) -> None:
    assert {h.risks[-1].level for h in story.households} == {"HIGH", "MEDIUM", "LOW", "NONE"}
    assert {group.group for group in story.care_groups} == {"INTENSIVE", "REGULAR", "SELF_CARE"}
    histories = [h.risks for h in story.households if len(h.risks) > 1]
    assert len(histories) > 50
    assert all(risks[0].judged_on < risks[-1].judged_on for risks in histories)
