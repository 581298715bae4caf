"""Who goes, when, with whom, and to which households nobody may go alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, time
from itertools import pairwise

from app.seed.flags import rule_on
from app.seed.shapes import Story, VisitPlan

AT_THE_DOOR = ("FACE", "ABSENT")


def people_of(visit: VisitPlan) -> list[str]:
    return [visit.by, *([visit.companion] if visit.companion else [])]


def test_nobody_is_at_two_doors_at_once(any_story: Story) -> None:
    days: dict[tuple[str, object], list[tuple[datetime, datetime]]] = defaultdict(list)
    for visit in any_story.visits:
        for person in people_of(visit):
            days[person, visit.occurred_on].append((visit.began_at, visit.ended_at))
    for spans in days.values():
        ordered = sorted(spans)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(ordered))


def test_visits_happen_in_office_hours_and_are_typed_afterwards(any_story: Story) -> None:
    for visit in any_story.visits:
        assert visit.began_at.timetz().replace(tzinfo=None) >= time(9, 30)
        assert visit.ended_at.timetz().replace(tzinfo=None) <= time(18, 0)
        assert visit.began_at < visit.ended_at <= visit.typed_at


def test_a_record_is_made_by_somebody_of_the_centre_and_the_right_profession(any_story: Story) -> None:
    staff = {person.login: person for person in any_story.staff}
    centre = {household.key: household.centre for household in any_story.households}
    for visit in any_story.visits:
        assert all(staff[login].centre == centre[visit.household] for login in people_of(visit))
        is_nursing = visit.purpose in ("NURSING", "JOINT")
        assert staff[visit.by].role == ("NURSE" if is_nursing else "WORKER")


def test_whoever_was_responsible_went_or_their_cover(any_story: Story) -> None:
    chains = defaultdict(list)
    for row in any_story.assignments:
        chains[row.household, row.duty].append(row)
    covered = {cover.by for cover in any_story.covers}
    for visit in any_story.visits:
        duty = "NURSE" if visit.purpose in ("NURSING", "JOINT") else "WORKER"
        then = [row for row in chains[visit.household, duty] if row.from_on <= visit.occurred_on]
        assert visit.by == then[-1].login or visit.by in covered


def test_assignments_follow_one_another_without_a_gap(any_story: Story) -> None:
    chains = defaultdict(list)
    for row in any_story.assignments:
        chains[row.household, row.duty].append(row)
    moved = [chain for chain in chains.values() if len(chain) > 1]
    assert len(moved) >= 30
    for chain in chains.values():
        assert chain[-1].until_on is None
        for earlier, later in pairwise(chain):
            assert earlier.until_on
            assert (later.from_on - earlier.until_on).days == 1
            assert later.reason != earlier.reason


def test_one_cover_holds_today_between_colleagues_of_one_profession(any_story: Story) -> None:
    staff = {person.login: person for person in any_story.staff}
    (cover,) = any_story.covers
    assert cover.from_on <= any_story.today <= cover.until_on
    assert (staff[cover.absent].role, staff[cover.absent].centre) == (staff[cover.by].role, staff[cover.by].centre)
    during = [v for v in any_story.visits if v.occurred_on >= cover.from_on]
    assert not any(visit.by == cover.absent for visit in during)


def test_one_household_in_twelve_has_a_safety_flag(any_story: Story) -> None:
    flagged = [household for household in any_story.households if household.flags]
    assert 0.06 <= len(flagged) / len(any_story.households) <= 0.11
    assert {flag.rule for h in flagged for flag in h.flags} == {"SOLO", "PAIR", "POLICE", "NO_VISIT"}
    assert len({flag.kind for h in flagged for flag in h.flags}) >= 8
    assert all(flag.basis and flag.instruction for h in flagged for flag in h.flags)
    assert all(flag.review_on > flag.set_on for h in flagged for flag in h.flags)


def test_a_flag_is_obeyed_or_its_breach_explained(any_story: Story) -> None:
    flags = {household.key: household.flags for household in any_story.households}
    seen: Counter[str] = Counter()
    for visit in any_story.visits:
        rule = rule_on(flags[visit.household], visit.occurred_on)
        if visit.mode in AT_THE_DOOR:
            assert rule != "NO_VISIT"
            assert rule not in ("PAIR", "POLICE") or visit.companion or visit.alone_reason
            seen[rule, bool(visit.alone_reason)] += 1
    assert seen["PAIR", False] > 4 * seen["PAIR", True] > 0
    assert not any(alone for (rule, alone) in seen if rule in ("", "SOLO", "POLICE"))


def test_a_joint_visit_has_a_nurse_and_a_worker(any_story: Story) -> None:
    roles = {person.login: person.role for person in any_story.staff}
    joint = [visit for visit in any_story.visits if visit.purpose == "JOINT" and visit.mode == "FACE"]
    assert len(joint) >= 30
    assert all(visit.companion and roles[visit.companion] == "WORKER" for visit in joint)


def test_telephone_numbers_belong_to_nobody(story: Story) -> None:
    numbers = [household.phone for household in story.households]
    numbers += [member.phone for household in story.households for member in household.members]
    assert all(number.startswith(("010-0", "02-0")) for number in numbers if number)
