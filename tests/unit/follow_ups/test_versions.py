"""A rule that changes judges from its first day on; what was judged before stays as it was judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.core.holidays import working_days
from app.follow_ups.rules import (
    Contact,
    ContactMode,
    DueAnswer,
    Holding,
    Interval,
    MissedWindow,
    Parameters,
    Purpose,
    Quota,
    RuleVersion,
    Shift,
    Span,
    Status,
    Term,
    Verdict,
    due,
    due_by_versions,
    holding_on,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.follow_ups.test_due_properties import contacts, dates, intervals, kinds, quotas, rules, terms

DAYS = working_days(range(2024, 2036))
BEGIN, CHANGE = date(2026, 1, 1), date(2026, 7, 1)
quick = settings(max_examples=150, deadline=None)


def version(label: str, parameters: Parameters, effective_from: date) -> Holding:
    rule = RuleVersion("RULE", label, parameters, frozenset({ContactMode.FACE}), shift=Shift.NONE, name="점검")
    return Holding(effective_from, rule, int(label))


def face(*days: date) -> list[Contact]:
    return [Contact(day, ContactMode.FACE, Purpose.WELFARE) for day in days]


def ask(term: Term, versions: list[Holding], history: list[Contact], today: date) -> Verdict:
    return due_by_versions(term, versions, history, today=today, working_days=DAYS)


LONGER, SHORTER = version("1", Interval(Span(months=3)), BEGIN), version("2", Interval(Span(months=2)), CHANGE)
MONTHLY_TWO = version("1", Quota(2, Span(months=1), repeats=True), BEGIN)
MONTHLY_THREE = version("2", Quota(3, Span(months=1), repeats=True), CHANGE)


@pytest.mark.parametrize(
    ("day", "place"), [(date(2020, 1, 1), 0), (BEGIN, 0), (date(2026, 6, 30), 0), (CHANGE, 1), (date(2030, 1, 1), 1)]
)
def test_the_newest_version_in_force_judges_and_the_first_before_any_was(day: date, place: int) -> None:
    assert holding_on([LONGER, SHORTER], day) == place


@pytest.mark.parametrize(
    ("today", "due_on", "label", "recompute_on"),
    [
        (date(2026, 6, 20), date(2026, 8, 20), "1", CHANGE),
        (date(2026, 6, 30), date(2026, 8, 20), "1", CHANGE),
        (CHANGE, date(2026, 7, 20), "2", None),
        (date(2026, 7, 25), date(2026, 7, 20), "2", None),
    ],
)
def test_a_shorter_interval_counts_from_the_contacts_there_were(
    today: date, due_on: date, label: str, recompute_on: date | None
) -> None:
    verdict = ask(Term(date(2026, 2, 1)), [LONGER, SHORTER], face(date(2026, 5, 20)), today)
    assert (verdict.answer.due_on, verdict.answer.recompute_on) == (due_on, recompute_on)
    assert verdict.by.rule.version == label
    assert verdict.answer.because[-1].text == f"규칙 RULE v{label}."


def test_windows_that_had_ended_stay_as_the_older_version_judged_them() -> None:
    met, missed = [date(2026, 5, 4), date(2026, 5, 20)], [date(2026, 6, 10)]
    verdict = ask(Term(date(2026, 5, 1)), [MONTHLY_TWO, MONTHLY_THREE], face(*met, *missed), date(2026, 8, 3))
    assert verdict.answer.missed == (
        MissedWindow(date(2026, 6, 1), 1, 2),
        MissedWindow(date(2026, 7, 1), 0, 3),
    ), "May was met with two, June is missed with one of two, July with none of three"
    assert (verdict.answer.done, verdict.answer.needed) == (0, 3)


def test_the_window_that_runs_when_a_version_begins_is_judged_by_the_newer_one() -> None:
    history = face(date(2026, 6, 16), date(2026, 6, 20))
    before = ask(Term(date(2026, 6, 15)), [MONTHLY_TWO, MONTHLY_THREE], history, date(2026, 6, 30)).answer
    after = ask(Term(date(2026, 6, 15)), [MONTHLY_TWO, MONTHLY_THREE], history, CHANGE).answer
    assert "모두 채움" in before.because[0].text
    assert (after.done, after.needed, after.missed) == (2, 3, ())


def test_what_was_done_for_good_is_not_asked_for_again() -> None:
    two, three = (replace(each.rule, parameters=replace(each.rule.parameters, repeats=False)) for each in (MONTHLY_TWO, MONTHLY_THREE))  # type: ignore[type-var]  # fmt: skip
    versions = [Holding(BEGIN, two, 1), Holding(CHANGE, three, 2)]
    verdict = ask(Term(date(2026, 6, 15)), versions, face(date(2026, 6, 16), date(2026, 6, 20)), date(2026, 7, 5))
    assert verdict.answer.status is Status.DONE
    assert (verdict.answer.done, verdict.answer.needed, verdict.by.key) == (2, 2, 1)


def test_a_term_that_begins_under_the_newer_version_knows_no_older_one() -> None:
    term = Term(date(2026, 7, 15))
    alone = due(term, SHORTER.rule, [], today=date(2026, 8, 1), working_days=DAYS)
    assert ask(term, [LONGER, SHORTER], [], date(2026, 8, 1)).answer == alone


def without_rule(answer: DueAnswer) -> DueAnswer:
    return answer._replace(because=answer.because[:-1], recompute_on=None)


@quick
@given(terms, rules(kinds), contacts, dates, dates)
def test_a_new_version_that_says_the_same_changes_nothing(
    term: Term, rule: RuleVersion, history: list[Contact], today: date, change: date
) -> None:
    same = [Holding(date(2020, 1, 1), rule, 1), Holding(change, replace(rule, version="2"), 2)]
    alone = due(term, rule, history, today=today, working_days=DAYS)
    assert without_rule(ask(term, same, history, today).answer) == without_rule(alone)


@settings(quick, max_examples=300)
@given(terms, rules(st.one_of(intervals, quotas)), rules(kinds), contacts, dates, dates, st.integers(0, 400))
def test_an_answer_under_changing_versions_stays_true_until_it_must_be_recomputed(
    term: Term, older: RuleVersion, newer: RuleVersion, history: list[Contact], today: date, change: date, ahead: int
) -> None:
    versions = [Holding(date(2020, 1, 1), older, 1), Holding(change, replace(newer, version="2"), 2)]
    verdict = ask(term, versions, history, today)
    last = today + timedelta(days=ahead)
    if verdict.answer.recompute_on is not None:
        assert verdict.answer.recompute_on > today
        last = min(last, verdict.answer.recompute_on - timedelta(days=1))
    for day in {last, today + (last - today) // 2}:
        fresh = ask(term, versions, history, day)
        assert fresh.answer._replace(status=Status.DONE) == verdict.answer._replace(status=Status.DONE)
        assert fresh.by.key == verdict.by.key


@settings(quick, max_examples=400)
@given(terms, rules(kinds), contacts, dates, dates, st.booleans())
def test_a_day_off_more_or_less_touches_only_answers_that_rest_on_it(
    term: Term, rule: RuleVersion, history: list[Contact], today: date, day: date, is_added: bool
) -> None:
    answer = due(term, rule, history, today=today, working_days=DAYS)
    changed = DAYS.with_overrides({day: "구민의 날"}, ()) if is_added else DAYS.with_overrides({}, [day])
    if answer.rests is None or not answer.rests.first_on <= day <= answer.rests.last_on:
        assert due(term, rule, history, today=today, working_days=changed) == answer
