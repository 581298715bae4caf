"""The planned story, and the real engine's answer to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from app.core.holidays import public_holidays, working_days
from app.core.working_days import WorkingDays
from app.follow_ups.rules import (
    CareGroup,
    Contact,
    ContactMode,
    DueAnswer,
    Purpose,
    RuleVersion,
    Term,
    due,
    rule_from,
)
from app.seed.shapes import Story
from app.seed.story import plan_story

MONDAY = date(2026, 11, 23)
ORDINARY_DAYS = (MONDAY, date(2026, 7, 15), date(2027, 2, 5))
DAYS_OFF = (date(2026, 10, 3), date(2027, 1, 1))
SEED_DATA = Path(__file__).resolve().parents[3] / "seed_data"


@dataclass(frozen=True)
class Owed:
    """One open term of the story with the engine's answer on the day of the story."""

    household: str
    rule: str
    answer: DueAnswer


@cache
def story_of(today: date) -> Story:
    return plan_story(today=today, holidays=tuple(public_holidays(range(today.year - 2, today.year + 2))))


@cache
def shipped_rules() -> dict[str, RuleVersion]:
    rows = json.loads((SEED_DATA / "follow_up_rules.json").read_text(encoding="utf-8"))
    return {row["code"]: rule_from(row) for row in rows}


@cache
def korean_working_days(today: date) -> WorkingDays:
    return working_days(range(today.year - 3, today.year + 3))


@pytest.fixture(scope="session")
def story() -> Story:
    return story_of(MONDAY)


@pytest.fixture(scope="session", params=ORDINARY_DAYS, ids=str)
def any_story(request: pytest.FixtureRequest) -> Story:
    return story_of(request.param)


@pytest.fixture(scope="session", params=ORDINARY_DAYS + DAYS_OFF, ids=str)
def story_of_any_day(request: pytest.FixtureRequest) -> Story:
    return story_of(request.param)


@pytest.fixture(scope="session")
def owed() -> Callable[[Story], list[Owed]]:
    """What the shipped rules and the real engine say is open in a story."""
    return lambda story: list(_owed(story))


def _owed(story: Story) -> Iterator[Owed]:
    contacts = _contacts(story)
    closed = {household.key for household in story.households if household.closure}
    for household, rule, term in _standing_terms(story):
        if household not in closed:
            answer = due(
                term, rule, contacts[household], today=story.today, working_days=korean_working_days(story.today)
            )
            yield Owed(household, rule.code, answer)


def _contacts(story: Story) -> dict[str, list[Contact]]:
    contacts: dict[str, list[Contact]] = {household.key: [] for household in story.households}
    for visit in story.visits:
        contact = Contact(visit.occurred_on, ContactMode(visit.mode), Purpose(visit.purpose), frozenset(visit.members))
        contacts[visit.household].append(contact)
    return contacts


def _standing_terms(story: Story) -> Iterator[tuple[str, RuleVersion, Term]]:
    latest = {plan.member: plan for plan in story.care_groups}
    for plan in latest.values():
        rule = shipped_rules()[CareGroup(plan.group).rule_code]
        yield plan.household, rule, Term(plan.starts_on, member=plan.member)
    for term in story.terms:
        if term.ends_on is None:
            promised = Term(term.starts_on, promised_on=term.promised_on, made_on=term.starts_on)
            yield term.household, shipped_rules()[term.rule], promised
    yield from _promises(story)


def _promises(story: Story) -> Iterator[tuple[str, RuleVersion, Term]]:
    """The latest promise of each household made on a visit; a new one takes the place of the one before."""
    rule = shipped_rules()["PROMISE"]
    latest = {visit.household: visit for visit in story.visits if visit.promised_on}
    for visit in latest.values():
        yield visit.household, rule, Term(visit.occurred_on, promised_on=visit.promised_on, made_on=visit.occurred_on)
