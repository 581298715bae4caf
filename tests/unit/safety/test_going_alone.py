"""Who may go alone where: the rule of the household, who goes along, and what the supervisor allowed."""

from __future__ import annotations

import pytest
from app.households.rules import FlagRule
from app.safety.rules import Company, asks_why_alone, names_police, refusal_of

NOBODY, COLLEAGUE = Company(), Company(account_id=2)
NEIGHBOUR, OFFICER = Company(name="3통 통장"), Company(name="가람지구대 김 경위")
BOTH = Company(account_id=2, name="가람지구대 김 경위")


@pytest.mark.parametrize(
    ("rule", "company", "refused", "refused_when_allowed"),
    [
        (None, NOBODY, None, None),
        (None, COLLEAGUE, None, None),
        (FlagRule.SOLO, NOBODY, None, None),
        (FlagRule.SOLO, NEIGHBOUR, None, None),
        (FlagRule.PAIR, NOBODY, "ALONE", None),
        (FlagRule.PAIR, Company(name="  "), "ALONE", None),
        (FlagRule.PAIR, COLLEAGUE, None, None),
        (FlagRule.PAIR, NEIGHBOUR, None, None),
        (FlagRule.PAIR, OFFICER, None, None),
        (FlagRule.POLICE, NOBODY, "POLICE", None),
        (FlagRule.POLICE, COLLEAGUE, "POLICE", None),
        (FlagRule.POLICE, NEIGHBOUR, "POLICE", None),
        (FlagRule.POLICE, OFFICER, None, None),
        (FlagRule.POLICE, BOTH, None, None),
        (FlagRule.NO_VISIT, NOBODY, "NO_VISIT", "NO_VISIT"),
        (FlagRule.NO_VISIT, COLLEAGUE, "NO_VISIT", "NO_VISIT"),
        (FlagRule.NO_VISIT, BOTH, "NO_VISIT", "NO_VISIT"),
    ],
)
def test_a_visit_goes_as_its_household_must_be_visited(
    rule: FlagRule | None, company: Company, refused: str | None, refused_when_allowed: str | None
) -> None:
    plain, allowed = (refusal_of(rule, company, is_allowed=each) for each in (False, True))
    assert (plain and plain.code) == refused
    assert (allowed and allowed.code) == refused_when_allowed


@pytest.mark.parametrize(
    ("rule", "may_be"), [(FlagRule.PAIR, True), (FlagRule.POLICE, True), (FlagRule.NO_VISIT, False)]
)
def test_only_what_a_supervisor_can_allow_is_offered_to_be_asked_for(rule: FlagRule, may_be: bool) -> None:
    refusal = refusal_of(rule, NOBODY, is_allowed=False)
    assert refusal is not None
    assert refusal.may_be_allowed is may_be
    assert refusal.text.startswith(rule.label.split("(")[0])


@pytest.mark.parametrize(
    ("name", "is_police"),
    [
        ("가람지구대 김 경위", True),
        ("112 순찰차", True),
        ("한빛경찰서 이 순경", True),
        ("3통 통장", False),
        ("", False),
        ("김경희", False),
    ],
)
def test_the_police_are_known_by_their_word_their_house_or_their_rank(name: str, is_police: bool) -> None:
    assert names_police(name) is is_police


@pytest.mark.parametrize(
    ("rule", "company", "asks"),
    [
        (None, NOBODY, False),
        (FlagRule.SOLO, NOBODY, False),
        (FlagRule.PAIR, NOBODY, True),
        (FlagRule.PAIR, NEIGHBOUR, False),
        (FlagRule.POLICE, NOBODY, True),
        (FlagRule.POLICE, COLLEAGUE, False),
        (FlagRule.NO_VISIT, NOBODY, True),
    ],
)
def test_a_record_asks_why_only_where_nobody_is_named(rule: FlagRule | None, company: Company, asks: bool) -> None:
    assert asks_why_alone(rule, company) is asks
