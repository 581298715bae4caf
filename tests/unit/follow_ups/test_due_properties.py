"""What the engine promises of every history, checked on random ones and against a slow, literal reading of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.core.holidays import working_days
from app.follow_ups.rules import (
    AfterEvent,
    Contact,
    ContactMode,
    Deadline,
    DueAnswer,
    Interval,
    Once,
    Parameters,
    Purpose,
    Quota,
    ReasonCode,
    RuleVersion,
    Shift,
    Span,
    Status,
    Term,
    due,
    status_on,
)
from hypothesis import given, settings
from hypothesis import strategies as st

DAYS = working_days(range(2024, 2036))
FIRST = date(2026, 1, 1)
ONE_DAY = timedelta(days=1)
FACE, CALL = ContactMode.FACE, ContactMode.CALL

quick = settings(max_examples=150, deadline=None)

dates = st.integers(0, 500).map(lambda n: FIRST + timedelta(days=n))
spans = st.one_of(st.integers(1, 60).map(lambda n: Span(days=n)), st.integers(1, 7).map(lambda n: Span(months=n)))
intervals = st.builds(Interval, spans)
quotas = st.builds(Quota, st.integers(1, 9), spans, st.booleans())
deadlines = st.builds(
    lambda target, more, about: Deadline(target, None if more is None else target + more, about),
    st.integers(0, 40),
    st.none() | st.integers(0, 30),
    st.booleans(),
)
kinds = st.one_of(intervals, quotas, deadlines, st.just(Once()), st.builds(AfterEvent, st.integers(0, 40)))
every_shift = st.sampled_from(Shift)


def rules(
    parameters: st.SearchStrategy[Parameters], shifts: st.SearchStrategy[Shift] = every_shift
) -> st.SearchStrategy[RuleVersion]:
    return st.builds(
        RuleVersion,
        st.just("RULE"),
        st.just("1"),
        parameters,
        st.just(frozenset({FACE})),
        st.sampled_from([frozenset(), frozenset({Purpose.NURSING})]),
        shifts,
        st.none() | st.integers(0, 20),
    )


terms = st.builds(
    Term,
    dates,
    st.none() | dates,
    member=st.none() | st.just(1),
    event_on=dates,
    closed_on=st.none() | dates,
    promised_on=dates,
    made_on=st.none() | dates,
)
contacts = st.lists(
    st.builds(
        Contact,
        dates,
        st.sampled_from([FACE, FACE, FACE, CALL]),
        st.sampled_from(Purpose),
        st.sampled_from([{1}, {1, 2}, {2}]),
    ),
    max_size=14,
)


def ask(term: Term, rule: RuleVersion, history: list[Contact], today: date) -> DueAnswer:
    return due(term, rule, history, today=today, working_days=DAYS)


def stored(answer: DueAnswer) -> DueAnswer:
    """All that does not depend on the day it is looked at."""
    return answer._replace(status=Status.DONE)


@quick
@given(terms, rules(kinds), contacts, dates)
def test_every_answer_gives_its_reasons_and_its_rule(
    term: Term, rule: RuleVersion, history: list[Contact], today: date
) -> None:
    answer = ask(term, rule, history, today)
    assert len(answer.because) >= 2
    assert answer.because[-1] == (ReasonCode.RULE, "규칙 RULE v1.")
    assert all(line.text.endswith(".") and "None" not in line.text for line in answer.because)
    assert (answer.due_on is None) == (answer.window_start is None) == (answer.status is Status.DONE)


@settings(quick, max_examples=300)
@given(terms, rules(kinds), contacts, dates, st.integers(0, 400))
def test_a_stored_answer_is_the_fresh_one_until_it_must_be_recomputed(
    term: Term, rule: RuleVersion, history: list[Contact], today: date, ahead: int
) -> None:
    answer = ask(term, rule, history, today)
    last = today + timedelta(days=ahead)
    if answer.recompute_on is not None:
        assert answer.recompute_on > today
        last = min(last, answer.recompute_on - ONE_DAY)
    for day in {last, today + ONE_DAY if last > today else today, today + (last - today) // 2}:
        fresh = ask(term, rule, history, day)
        assert stored(fresh) == stored(answer)
        assert fresh.status is status_on(
            day,
            kind=rule.kind,
            due_on=answer.due_on,
            window_start=answer.window_start,
            limit_on=answer.limit_on,
        )


@quick
@given(terms, rules(kinds), contacts, dates)
def test_nothing_is_due_after_an_end(term: Term, rule: RuleVersion, history: list[Contact], today: date) -> None:
    answer = ask(term, rule, history, today)
    unshifted = ask(term, replace(rule, shift=Shift.NONE), history, today).due_on
    if answer.due_on is not None and term.ends_on is not None:
        assert today <= term.ends_on
        assert unshifted is not None
        assert unshifted <= term.ends_on


@quick
@given(terms, rules(kinds, st.sampled_from([Shift.EARLIER, Shift.LATER])), contacts, dates)
def test_a_shift_goes_to_a_working_day_in_its_own_direction(
    term: Term, rule: RuleVersion, history: list[Contact], today: date
) -> None:
    answer = ask(term, rule, history, today)
    counted = ask(term, replace(rule, shift=Shift.NONE), history, today).due_on
    if answer.due_on is None or counted is None or answer.due_on == counted:
        assert answer.due_on == counted
        return
    assert DAYS.is_working(answer.due_on)
    assert not DAYS.is_working(counted)
    assert [line.code for line in answer.because].count(ReasonCode.SHIFTED) == 1
    if rule.shift is Shift.LATER:
        assert answer.due_on == DAYS.on_or_after(counted)
    elif answer.due_on > counted:  # EARLIER may only go forwards where going back is forbidden
        back = DAYS.on_or_before(counted)
        is_seen = answer.last_counted_on is not None and back <= answer.last_counted_on
        is_before_window = isinstance(rule.parameters, Quota) and not answer.done
        assert back < term.starts_on or is_seen or is_before_window


@settings(quick, max_examples=300)
@given(terms, rules(st.one_of(intervals, quotas)), contacts, st.integers(0, 300), st.integers(0, 300))
def test_a_satisfying_contact_never_makes_anything_overdue_sooner(
    term: Term, rule: RuleVersion, history: list[Contact], days_in: int, days_ago: int
) -> None:
    today = term.starts_on + timedelta(days=days_in)
    extra = max(term.starts_on, today - timedelta(days=days_ago))
    before = ask(term, rule, history, today)
    after = ask(term, rule, [*history, Contact(extra, FACE, Purpose.JOINT, {1})], today)
    if after.due_on is not None:
        assert before.due_on is not None
        assert after.due_on >= before.due_on


@settings(quick, max_examples=300)
@given(terms, rules(st.one_of(intervals, quotas)), contacts, dates, st.integers(0, 300))
def test_time_alone_never_brings_a_due_date_nearer_nor_back(
    term: Term, rule: RuleVersion, history: list[Contact], today: date, ahead: int
) -> None:
    past = [contact for contact in history if contact.occurred_on <= today]
    now, later = ask(term, rule, past, today), ask(term, rule, past, today + timedelta(days=ahead))
    if later.due_on is not None:
        assert now.due_on is not None
        assert later.due_on >= now.due_on
    assert set(now.missed) <= set(later.missed)


@quick
@given(terms, rules(kinds), contacts, dates, dates)
def test_a_new_holiday_moves_only_a_due_that_falls_on_it(
    term: Term, rule: RuleVersion, history: list[Contact], today: date, holiday: date
) -> None:
    before = ask(term, rule, history, today)
    days = DAYS.with_overrides({holiday: "임시공휴일"}, [])
    after = due(term, rule, history, today=today, working_days=days)
    if before.due_on != holiday:
        assert after.due_on == before.due_on
    elif rule.shift is Shift.NONE or isinstance(rule.parameters, AfterEvent):
        assert after.due_on == holiday
    elif before.due_on is not None:
        assert after.due_on != holiday
        assert "임시공휴일" in " ".join(line.text for line in after.because)


@quick
@given(terms, rules(kinds), contacts, dates, st.randoms())
def test_neither_order_nor_repetition_of_contacts_matters(
    term: Term, rule: RuleVersion, history: list[Contact], today: date, random: object
) -> None:
    shuffled = [*history, *history[:3]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ask(term, rule, shuffled, today) == ask(term, rule, history, today)


@quick
@given(terms, rules(kinds), contacts, dates)
def test_contacts_that_do_not_satisfy_do_not_matter(
    term: Term, rule: RuleVersion, history: list[Contact], today: date
) -> None:
    faces = [each for each in history if each.mode is FACE]
    assert ask(term, rule, faces, today) == ask(term, rule, history, today)


@settings(quick, max_examples=400)
@given(terms, rules(st.one_of(intervals, quotas)), contacts, dates)
def test_the_engine_agrees_with_a_slow_reading_of_the_rules(
    term: Term, rule: RuleVersion, history: list[Contact], today: date
) -> None:
    answer = ask(term, rule, history, today)
    assert (answer.due_on, answer.done, [tuple(each) for each in answer.missed]) == slow(term, rule, history, today)


def slow(
    term: Term, rule: RuleVersion, history: list[Contact], today: date
) -> tuple[date | None, int | None, list[tuple[date, int, int]]]:
    """INTERVAL and QUOTA as they are written down, day by day."""
    counted = sorted(
        {
            each.occurred_on
            for each in history
            if each.mode is FACE
            and (not rule.counts_purposes or each.purpose in (Purpose.NURSING, Purpose.JOINT))
            and (term.member is None or term.member in each.members)
            and term.starts_on <= each.occurred_on <= min(today, term.ends_on or today)
        }
    )
    ended = term.ends_on is not None and today > term.ends_on
    if isinstance(rule.parameters, Interval):
        last = counted[-1] if counted else None
        raw = plus(last or term.starts_on, rule.parameters.every, 1)
        return (None if ended or past_end(term, raw) else moved(term, rule, raw, last)), None, []
    assert isinstance(rule.parameters, Quota)
    return slow_quota(term, rule, rule.parameters, counted, today, ended=ended)


def slow_quota(
    term: Term, rule: RuleVersion, quota: Quota, counted: list[date], today: date, *, ended: bool
) -> tuple[date | None, int | None, list[tuple[date, int, int]]]:
    seen = min(today, term.ends_on) if term.ends_on else today
    windows = [
        (plus(term.starts_on, quota.period, i), plus(term.starts_on, quota.period, i + 1))
        for i in range(600 if quota.repeats else 1)
    ]
    inside = {window: [day for day in counted if window[0] <= day < window[1]] for window in windows}
    over = [w for w in windows if w[1] <= today and (term.ends_on is None or w[1] - ONE_DAY <= term.ends_on)]
    missed = [(w[0], len(inside[w]), quota.count) for w in over if len(inside[w]) < quota.count]
    current = next((i for i, w in enumerate(windows) if seen < w[1]), len(windows) - 1)
    window = windows[current]
    done = len(inside[window])
    if ended or (not quota.repeats and (done >= quota.count or window in over)):
        return None, done, missed
    if done >= quota.count:
        window, done = windows[current + 1], 0
    after = inside[window][-1] if done else window[0] - ONE_DAY
    gap, left = (window[1] - ONE_DAY - after).days, quota.count - done
    raw = after + timedelta(days=(gap + left - 1) // left)
    return (None if past_end(term, raw) else moved(term, rule, raw, after)), done, missed


def plus(day: date, span: Span, times: int) -> date:
    if span.days:
        return day + timedelta(days=span.days * times)
    year, month = day.year, day.month + span.months * times
    while month > 12:
        year, month = year + 1, month - 12
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month, last)
            except ValueError:
                continue
    raise AssertionError(day)


def past_end(term: Term, raw: date) -> bool:
    return term.ends_on is not None and term.ends_on < raw


def moved(term: Term, rule: RuleVersion, raw: date, after: date | None) -> date:
    if rule.shift is Shift.NONE:
        return raw
    back = ahead = raw
    while not DAYS.is_working(back):
        back -= ONE_DAY
    while not DAYS.is_working(ahead):
        ahead += ONE_DAY
    if rule.shift is Shift.LATER or back < term.starts_on or (after is not None and back <= after):
        return ahead
    return back


@pytest.mark.parametrize("span", [{}, {"days": 1, "months": 1}, {"days": -1}, {"months": 0}])
def test_a_span_is_days_or_months_and_at_least_one(span: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Span(**span)


def test_a_quota_asks_for_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Quota(0, Span(days=1), repeats=True)
