"""Which outcome needs what: a letter alone closes nothing, and the refusal says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from app.core.errors import RuleBroken
from app.discoveries.rules import ItemOutcome, ItemState
from app.discoveries.rules.items import HOLDERS_OWN, MOVES, ItemAct, may_undo, refuse_others, state_after
from app.discoveries.rules.outcomes import OUTCOME_RULES, SPOKEN, WRITTEN, refusals, tries_line, what_it_needs
from app.follow_ups.rules import ContactMode as Mode
from hypothesis import given
from hypothesis import strategies as st
from tests.moments import NOW

TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(days=30)
Outcome = ItemOutcome
CLAIMS_CONTACT = [each for each in Outcome if set(OUTCOME_RULES[each].any_of) & set(SPOKEN)]
THREE_TRIES = [Mode.ABSENT, Mode.NO_ANSWER, Mode.NO_ANSWER]


def codes(outcome: Outcome, *tries: Mode, note: str = "까닭", recheck_on: date | None = LATER) -> list[str]:
    return [each.code for each in refusals(outcome, tries, note=note, recheck_on=recheck_on, today=TODAY)]


def test_every_outcome_has_its_rule_and_says_what_it_needs() -> None:
    assert set(OUTCOME_RULES) == set(Outcome)
    assert "팀장 결재" in what_it_needs(Outcome.UNREACHED)
    assert what_it_needs(Outcome.NO_NEED).startswith("방문-대면·전화-통화·내방 가운데 하나")


@pytest.mark.parametrize("outcome", CLAIMS_CONTACT)
@pytest.mark.parametrize("mode", WRITTEN)
def test_a_letter_or_a_text_alone_closes_nothing_that_claims_a_contact(outcome: Outcome, mode: Mode) -> None:
    (refused,) = refusals(outcome, [mode, mode], note="까닭", recheck_on=LATER, today=TODAY)
    assert refused.code == "NO_CONTACT"
    assert "닿았는지 알 수 없으므로" in refused.text
    assert f"{mode.label} 2번" in refused.text


@given(st.sampled_from(Outcome), st.lists(st.sampled_from(WRITTEN)))
def test_no_number_of_letters_is_a_contact(outcome: Outcome, letters: list[Mode]) -> None:
    assert ("NO_CONTACT" in codes(outcome, *letters)) == bool(OUTCOME_RULES[outcome].any_of)


@given(st.sampled_from(Outcome), st.lists(st.sampled_from(Mode)), st.sampled_from(Mode))
def test_one_more_try_never_makes_an_outcome_impossible(outcome: Outcome, tries: list[Mode], more: Mode) -> None:
    assert set(codes(outcome, *tries, more)) <= set(codes(outcome, *tries))


@pytest.mark.parametrize(
    ("outcome", "tries", "lacks"),
    [
        (Outcome.PUBLIC_BASIC, [Mode.CALL], []),
        (Outcome.PUBLIC_BASIC, [Mode.NO_ANSWER, Mode.LETTER], ["NO_CONTACT"]),
        (Outcome.CASE, [Mode.OFFICE], []),
        (Outcome.CASE, [], ["NO_CONTACT"]),
        (Outcome.NO_NEED, [Mode.NEIGHBOUR], ["NO_CONTACT"]),
        (Outcome.ALREADY, [], []),
        (Outcome.MOVED, [], []),
        (Outcome.DIED, [], []),
        (Outcome.AWAY, [Mode.NEIGHBOUR], []),
        (Outcome.AWAY, [Mode.ABSENT], ["NO_CONTACT"]),
        (Outcome.REFUSED, [Mode.FACE], []),
        (Outcome.REFUSED, [Mode.ABSENT], ["NO_CONTACT"]),
        (Outcome.UNREACHED, THREE_TRIES, []),
        (Outcome.UNREACHED, [Mode.ABSENT, Mode.ABSENT, Mode.ABSENT], ["TOO_FEW_TRIES"]),
        (Outcome.UNREACHED, [Mode.ABSENT, Mode.NO_ANSWER], ["TOO_FEW_TRIES"]),
        (Outcome.UNREACHED, [Mode.NO_ANSWER] * 3, ["NO_CONTACT", "TOO_FEW_TRIES"]),
        (Outcome.UNREACHED, [Mode.ABSENT, Mode.LETTER, Mode.TEXT], ["TOO_FEW_TRIES"]),
        (Outcome.NOT_FOUND, [Mode.ABSENT], []),
        (Outcome.NOT_FOUND, [Mode.NO_ANSWER], ["NO_CONTACT"]),
    ],
)
def test_what_an_outcome_lacks(outcome: Outcome, tries: list[Mode], lacks: list[str]) -> None:
    assert codes(outcome, *tries) == lacks


def test_the_supervisor_approves_what_was_closed_without_support_and_without_an_end() -> None:
    approved = {each for each in Outcome if OUTCOME_RULES[each].needs_approval}
    assert approved == {Outcome.UNREACHED, Outcome.REFUSED, Outcome.NOT_FOUND}
    assert all(OUTCOME_RULES[each].needs_recheck for each in approved)


@pytest.mark.parametrize(
    ("recheck_on", "lacks"),
    [
        (None, ["NO_RECHECK"]),
        (TODAY, ["RECHECK_RANGE"]),
        (TODAY + timedelta(days=1), []),
        (TODAY + timedelta(days=183), []),
        (TODAY + timedelta(days=184), ["RECHECK_RANGE"]),
    ],
)
def test_the_day_of_a_recheck_lies_within_half_a_year(recheck_on: date | None, lacks: list[str]) -> None:
    assert codes(Outcome.REFUSED, Mode.CALL, recheck_on=recheck_on) == lacks


def test_a_note_of_blanks_is_none() -> None:
    assert codes(Outcome.DIED, note="  ") == ["NO_NOTE"]
    assert codes(Outcome.CASE, Mode.CALL, note="") == []


def test_tries_in_words() -> None:
    assert tries_line([]) == "시도 없음"
    assert tries_line([Mode.LETTER, Mode.ABSENT, Mode.ABSENT]) == "방문-부재 2번, 안내장 1번"


@given(st.sampled_from(ItemState), st.sampled_from(ItemAct))
def test_moves_are_those_of_the_table_and_no_others(state: ItemState, act: ItemAct) -> None:
    if (state, act) in MOVES:
        assert state_after(state, act) is MOVES[state, act]
    else:
        with pytest.raises(RuleBroken, match="WRONG_STATE"):
            state_after(state, act)


def test_every_state_can_be_reached_and_left_and_every_act_is_used() -> None:
    assert set(MOVES.values()) == set(ItemState) == {state for state, _act in MOVES}
    assert {act for _state, act in MOVES} == set(ItemAct)


@pytest.mark.parametrize("act", ItemAct)
def test_what_belongs_to_the_holder_is_refused_to_others(act: ItemAct) -> None:
    refuse_others(act, holder_id=7, actor_id=7)
    if act in HOLDERS_OWN:
        with pytest.raises(RuleBroken, match="NOT_YOURS"):
            refuse_others(act, holder_id=7, actor_id=8)
    else:
        refuse_others(act, holder_id=7, actor_id=8)


def test_a_closing_is_taken_back_on_its_day_alone() -> None:
    assert may_undo(NOW, now=NOW + timedelta(hours=13))  # 23:00 in Seoul
    assert not may_undo(NOW, now=NOW + timedelta(hours=14))
    assert not may_undo(None, now=NOW)
