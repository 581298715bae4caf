"""DEADLINE, ONCE and AFTER_EVENT by hand; the event is Thursday 2026-07-02 or the week of 추석."""

from __future__ import annotations

from datetime import date

import pytest
from app.core.holidays import working_days
from app.core.working_days import WorkingDays
from app.follow_ups.rules import (
    AfterEvent,
    Contact,
    ContactMode,
    Deadline,
    DueAnswer,
    Once,
    Parameters,
    Purpose,
    RuleKind,
    RuleVersion,
    Shift,
    Status,
    Term,
    TermIncomplete,
    due,
    last_seen_on,
    sentence,
    status_on,
)

DAYS = working_days(range(2024, 2031))
EVENT = date(2026, 7, 2)
INTAKE = Term(EVENT, event_on=EVENT)
PROMISE = Term(date(2026, 9, 18), promised_on=date(2026, 9, 26), made_on=date(2026, 9, 18))
DISCHARGE = Term(date(2026, 9, 1), event_on=date(2026, 9, 18))


def rule(parameters: Parameters, shift: Shift = Shift.NONE, name: str = "접수→조사") -> RuleVersion:
    face = frozenset({ContactMode.FACE})
    return RuleVersion("CODE", "2026", parameters, face, frozenset(), shift, name=name)


def face(day: date, mode: ContactMode = ContactMode.FACE) -> Contact:
    return Contact(day, mode, Purpose.WELFARE)


def ask(term: Term, of: RuleVersion, today: date, *contacts: Contact) -> DueAnswer:
    return due(term, of, contacts, today=today, working_days=DAYS)


class TestDeadline:
    @pytest.mark.parametrize(
        ("target", "limit", "today", "status"),
        [
            (10, None, date(2026, 7, 4), Status.UPCOMING),
            (10, None, date(2026, 7, 5), Status.OPEN),
            (10, None, date(2026, 7, 12), Status.DUE),
            (10, None, date(2026, 7, 13), Status.LATE_TARGET),
            (10, None, date(2027, 7, 13), Status.LATE_TARGET),  # without a limit it never turns red
            (10, 30, date(2026, 7, 13), Status.LATE_TARGET),
            (10, 30, date(2026, 8, 1), Status.LATE_TARGET),
            (10, 30, date(2026, 8, 2), Status.OVERDUE),
            (30, 30, date(2026, 8, 1), Status.DUE),
            (30, 30, date(2026, 8, 2), Status.OVERDUE),
            (0, 0, EVENT, Status.DUE),
        ],
    )
    def test_is_amber_after_its_target_and_red_after_its_limit(
        self, target: int, limit: int | None, today: date, status: Status
    ) -> None:
        assert ask(INTAKE, rule(Deadline(target, limit)), today).status is status

    @pytest.mark.parametrize(
        ("shift", "due_on"),
        [
            (Shift.NONE, date(2026, 7, 12)),  # a Sunday
            (Shift.LATER, date(2026, 7, 13)),
            (Shift.EARLIER, date(2026, 7, 10)),
        ],
    )
    def test_shifts_its_target_but_never_its_limit(self, shift: Shift, due_on: date) -> None:
        answer = ask(INTAKE, rule(Deadline(10, 10), shift), EVENT)
        assert (answer.due_on, answer.limit_on) == (due_on, date(2026, 7, 12))

    def test_is_overdue_after_the_limit_even_if_the_target_was_moved_past_it(self) -> None:
        assert ask(INTAKE, rule(Deadline(10, 10), Shift.LATER), date(2026, 7, 13)).status is Status.OVERDUE

    @pytest.mark.parametrize("today", [date(2026, 7, 10), date(2027, 1, 1)])
    def test_is_closed_by_its_closing_event(self, today: date) -> None:
        answer = ask(INTAKE._replace(closed_on=date(2026, 7, 10)), rule(Deadline(10, 30)), today)
        assert (answer.status, answer.due_on, answer.limit_on) == (Status.DONE, None, None)
        assert "2026-07-10(금)에 마침." in sentence(answer.because)

    def test_is_not_closed_before_that_day_and_knows_when_it_will_be(self) -> None:
        answer = ask(INTAKE._replace(closed_on=date(2026, 7, 20)), rule(Deadline(10)), date(2026, 7, 15))
        assert (answer.status, answer.recompute_on) == (Status.LATE_TARGET, date(2026, 7, 20))

    def test_is_not_touched_by_contacts(self) -> None:
        answer = ask(INTAKE, rule(Deadline(10)), date(2026, 7, 10), face(date(2026, 7, 10)))
        assert (answer.due_on, answer.window_start) == (date(2026, 7, 12), date(2026, 7, 5))

    @pytest.mark.parametrize(
        ("deadline", "text"),
        [
            (Deadline(10), "접수→조사: 2026-07-02(목)부터 10일 내외, 목표일 2026-07-12(일)."),
            (
                Deadline(10, 30),
                "접수→조사: 2026-07-02(목)부터 10일 이내, 목표일 2026-07-12(일). 늦어도 30일째인 2026-08-01(토)까지.",
            ),
            (Deadline(30, 30), "접수→조사: 2026-07-02(목)부터 30일 이내, 기한 2026-08-01(토)."),
            (Deadline(30, 30, about=True), "접수→조사: 2026-07-02(목)부터 30일 내외, 기한 2026-08-01(토)."),
        ],
    )
    def test_says_about_only_where_the_source_does(self, deadline: Deadline, text: str) -> None:
        assert sentence(ask(INTAKE, rule(deadline), EVENT).because) == f"{text} 규칙 CODE v2026."

    @pytest.mark.parametrize(("target", "limit"), [(-1, None), (10, 9)])
    def test_cannot_have_a_limit_before_its_target(self, target: int, limit: int | None) -> None:
        with pytest.raises(ValueError, match="before"):
            Deadline(target, limit)


class TestOnce:
    RULE = rule(Once(), Shift.LATER, "약속 방문")

    def test_is_due_on_the_promised_day_or_the_next_working_day(self) -> None:
        answer = ask(PROMISE, self.RULE, date(2026, 9, 20))
        assert (answer.due_on, answer.window_start) == (date(2026, 9, 28), date(2026, 9, 21))
        assert sentence(answer.because) == (
            "약속 방문: 예정일 2026-09-26(토), 2026-09-18(금)에 정함. "
            "계산일 9/26(토)은 추석 연휴라 9/28(월)로 미룸. 규칙 CODE v2026."
        )

    @pytest.mark.parametrize(
        ("contact", "is_done"),
        [
            (face(date(2026, 9, 18)), False),  # the visit at which it was promised
            (face(date(2026, 9, 19)), True),
            (face(date(2026, 9, 20), ContactMode.CALL), False),
            (face(date(2026, 9, 20), ContactMode.ABSENT), False),
        ],
    )
    def test_is_closed_by_a_contact_from_the_day_after_the_promise(self, contact: Contact, *, is_done: bool) -> None:
        assert (ask(PROMISE, self.RULE, date(2026, 9, 20), contact).status is Status.DONE) is is_done

    def test_stays_closed_with_the_day_of_the_first_contact(self) -> None:
        later = ask(PROMISE, self.RULE, date(2026, 10, 30), face(date(2026, 10, 20)), face(date(2026, 9, 22)))
        assert "2026-09-22(화)에 마침." in sentence(later.because)

    def test_without_a_day_of_promise_counts_from_the_start(self) -> None:
        term = PROMISE._replace(made_on=None)
        assert ask(term, self.RULE, date(2026, 9, 20), face(date(2026, 9, 18))).due_on is not None
        assert ask(term, self.RULE, date(2026, 9, 20), face(date(2026, 9, 19))).due_on is None


class TestAfterEvent:
    @pytest.mark.parametrize("shift", list(Shift))
    def test_is_never_shifted_whatever_the_rule_says(self, shift: Shift) -> None:
        answer = ask(DISCHARGE, rule(AfterEvent(7), shift, "퇴원 뒤 방문"), date(2026, 9, 20))
        assert answer.due_on == date(2026, 9, 25)  # 추석
        assert sentence(answer.because) == ("퇴원 뒤 방문: 2026-09-18(금)부터 7일 안에 접촉. 규칙 CODE v2026.")

    @pytest.mark.parametrize(("day", "is_done"), [(17, False), (18, True), (19, True)])
    def test_is_closed_by_a_contact_on_or_after_the_event(self, day: int, *, is_done: bool) -> None:
        answer = ask(DISCHARGE, rule(AfterEvent(7)), date(2026, 9, 20), face(date(2026, 9, day)))
        assert (answer.status is Status.DONE) is is_done

    def test_needs_no_holidays(self) -> None:
        elsewhere = WorkingDays({}, range(1990, 1991))
        answer = due(DISCHARGE, rule(AfterEvent(7)), [], today=date(2026, 9, 26), working_days=elsewhere)
        assert answer.status is Status.OVERDUE


@pytest.mark.parametrize("parameters", [Deadline(10), AfterEvent(7), Once()])
@pytest.mark.parametrize(("ends_on", "is_done"), [(date(2026, 6, 1), True), (date(2027, 6, 1), False)])
def test_an_ended_term_is_never_due(parameters: Parameters, ends_on: date, *, is_done: bool) -> None:
    term = Term(date(2026, 1, 5), ends_on, event_on=EVENT, promised_on=EVENT)
    assert (ask(term, rule(parameters), date(2026, 7, 1)).status is Status.DONE) is is_done


@pytest.mark.parametrize(
    ("parameters", "missing"),
    [(Deadline(10), "event_on"), (AfterEvent(7), "event_on"), (Once(), "promised_on")],
)
def test_a_term_without_its_date_is_an_error_that_names_it(parameters: Parameters, missing: str) -> None:
    with pytest.raises(TermIncomplete, match=missing):
        ask(Term(EVENT), rule(parameters), EVENT)


@pytest.mark.parametrize(
    ("kind", "today", "status"),
    [
        (RuleKind.INTERVAL, date(2026, 9, 15), Status.UPCOMING),
        (RuleKind.INTERVAL, date(2026, 9, 16), Status.OPEN),
        (RuleKind.ONCE, date(2026, 9, 23), Status.DUE),
        (RuleKind.QUOTA, date(2026, 9, 24), Status.OVERDUE),
        (RuleKind.DEADLINE, date(2026, 9, 24), Status.LATE_TARGET),
    ],
)
def test_the_status_of_a_stored_answer_needs_nothing_but_the_day(kind: RuleKind, today: date, status: Status) -> None:
    stored = {"due_on": date(2026, 9, 23), "window_start": date(2026, 9, 16)}
    assert status_on(today, kind=kind, **stored) is status


def test_nothing_stored_as_due_is_done() -> None:
    assert status_on(EVENT, kind=RuleKind.ONCE, due_on=None, window_start=None) is Status.DONE


def test_only_a_face_moves_last_seen_whatever_it_was_for() -> None:
    contacts = [
        face(date(2026, 9, 1)),
        face(date(2026, 9, 4))._replace(purpose=Purpose.CHECK_IN),
        *(face(date(2026, 9, 5), mode) for mode in ContactMode if mode is not ContactMode.FACE),
        face(date(2026, 9, 30)),  # still ahead
    ]
    assert last_seen_on(contacts, date(2026, 9, 10)) == date(2026, 9, 4)
    assert last_seen_on([], date(2026, 9, 10)) is None
