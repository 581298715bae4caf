"""What makes one ask, as a table; and what an ordinary hard day must not ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from app.supervision.rules import Entry, QuestionKind, find_questions
from app.visits.rules.record import korean_date
from hypothesis import given
from hypothesis import strategies as st
from tests.moments import at

NURSE, WORKER = 7, 8
LONG = "무릎 통증이 심해져 계단을 오르내리기 어렵다고 하심. 병원 예약을 도와드리고 이동 지원을 알아보기로 함. 식사는 하루 두 번 하심."


def met(nth: int, begins: str, ends: str | None, **changes: object) -> Entry:
    began = _at(begins)
    ended = _at(ends) if ends else None
    plain = Entry(
        visit_id=UUID(int=nth), writer_id=NURSE, people=frozenset({NURSE}), number=f"가람-{nth:04d}",
        building=f"가람로 {nth}", occurred_on=korean_date(began), began_at=began, ended_at=ended,
        received_at=(ended or began) + timedelta(minutes=5), is_face=True, is_absence=False,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def _at(words: str) -> datetime:
    day, clock = words.split()
    hour, minute = clock.split(":")
    return at(date(2026, 11, int(day)), int(hour), int(minute))


ABSENT = {"is_face": False, "is_absence": True}
CASES = {
    "two doors at once": ([met(1, "9 14:00", "9 14:40"), met(2, "9 14:20", "9 14:50")], [QuestionKind.OVERLAP]),
    "three doors in one chain": (
        [met(1, "9 14:00", "9 14:40"), met(2, "9 14:20", "9 14:50"), met(3, "9 14:45", "9 15:10")], [QuestionKind.OVERLAP],
    ),
    "one after the other": ([met(1, "9 14:00", "9 14:20"), met(2, "9 14:30", "9 14:50")], []),
    "an end nobody wrote": ([met(1, "9 14:00", None), met(2, "9 14:00", "9 14:50")], []),
    "no time to walk": ([met(1, "9 14:00", "9 14:20"), met(2, "9 14:21", "9 14:50")], [QuestionKind.PACE]),
    "next door": (
        [met(1, "9 14:00", "9 14:20", building="가람로 1"), met(2, "9 14:20", "9 14:50", building="가람로 1")], [],
    ),
    "another person's visit at that hour": (
        [met(1, "9 14:00", "9 14:40"), met(2, "9 14:20", "9 14:50", writer_id=WORKER, people=frozenset({WORKER}))], [],
    ),
    "named as companion elsewhere": (
        [met(1, "9 14:00", "9 14:40"), met(2, "9 14:20", "9 14:50", writer_id=WORKER, people=frozenset({WORKER, NURSE}))],
        [QuestionKind.OVERLAP],
    ),
    "sixteen doors in a day": (
        [met(nth, f"9 {8 + nth // 2:02d}:{30 * (nth % 2):02d}", None) for nth in range(1, 17)], [QuestionKind.PACE],
    ),
    "fifteen doors in a day": ([met(nth, f"9 {8 + nth // 2:02d}:{30 * (nth % 2):02d}", None) for nth in range(1, 16)], []),
    "a copied note": ([met(1, "2 14:00", None, text=LONG), met(2, "9 14:00", None, text=LONG)], [QuestionKind.SAME_TEXT]),
    "a note another person wrote as well": (
        [met(1, "2 14:00", None, text=LONG), met(2, "9 14:00", None, text=LONG, writer_id=WORKER)], [],
    ),
    "a day of shut doors": ([met(nth, f"9 1{nth}:00", None, **ABSENT) for nth in range(4)], [QuestionKind.ALL_ABSENT]),
    "three shut doors": ([met(nth, f"9 1{nth}:00", None, **ABSENT) for nth in range(3)], []),
    "four shut doors and one open": (
        [*(met(nth, f"9 1{nth}:00", None, **ABSENT) for nth in range(4)), met(9, "9 16:00", None)], [],
    ),
    "five late records in ten minutes": (
        [met(nth, f"{nth} 14:00", None, received_at=_at(f"20 18:0{nth}")) for nth in range(1, 6)],
        [QuestionKind.TYPED_AT_ONCE],
    ),
    "four late records": ([met(nth, f"{nth} 14:00", None, received_at=_at(f"20 18:0{nth}")) for nth in range(1, 5)], []),
    "five records of the same day": (
        [met(nth, f"9 1{nth}:00", None, received_at=_at(f"9 18:0{nth}")) for nth in range(1, 6)], [],
    ),
    "five late records over an afternoon": (
        [met(nth, f"{nth} 14:00", None, received_at=_at(f"20 1{nth}:00")) for nth in range(1, 6)], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", CASES)
def test_one_asks_about(story: str) -> None:
    entries, expected = CASES[story]
    assert [question.kind for question in find_questions(entries)] == expected


def test_a_question_names_the_records_and_says_why() -> None:
    (question,) = find_questions(CASES["two doors at once"][0])
    assert question.visit_ids == (UUID(int=1), UUID(int=2))
    assert question.because == "2건의 방문 시각이 겹칩니다(20분): 가람-0001(11.9.), 가람-0002(11.9.)"
    assert question.account_id == NURSE


@pytest.mark.parametrize("kind", QuestionKind)
def test_every_kind_asks_and_accuses_nobody(kind: QuestionKind) -> None:
    assert kind.asks.endswith("?")
    assert not any(word in kind.asks for word in ("허위", "조작", "거짓", "위반"))


@given(st.permutations([entry for entries, _ in CASES.values() for entry in entries][:14]))
def test_the_order_in_which_records_are_read_changes_no_question(entries: list[Entry]) -> None:
    expected = {question.key for question in find_questions(sorted(entries, key=lambda each: each.visit_id))}
    assert {question.key for question in find_questions(entries)} == expected
