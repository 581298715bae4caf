"""Find records that look odd together. Each finding is a question to a person, with the records it is about. Pure.

The bounds are ours: no official ones were found. They are chosen so that an ordinary hard day asks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from uuid import UUID

from app.supervision.rules.kinds import QuestionKind
from app.visits.rules import list_copies
from app.visits.rules.record import korean_date

SHORTEST_WAY = timedelta(minutes=2)
"""Less than this between two doors in different buildings asks."""
MOST_A_DAY = 15
"""More people met at home than this by one person on one day asks."""
FEWEST_ABSENT = 4
"""A day with at least this many records, all of them absences, asks."""
FEWEST_AT_ONCE = 5
AT_ONCE = timedelta(minutes=10)
"""This many records of earlier days that arrive within this time ask."""
BOUNDS = (
    "시간 겹침: 시작과 끝을 모두 적은 두 대면 방문이 1분이라도 겹칠 때",
    f"이동 시간: 다른 건물로 옮기는 데 {SHORTEST_WAY.seconds // 60}분이 안 될 때, 또는 하루 대면 방문이 {MOST_A_DAY}건을 넘을 때",
    "같은 글: 40자 넘는 두 기록의 글이 다섯에 넷 넘게 같을 때",
    f"모두 부재: 하루 기록이 {FEWEST_ABSENT}건 이상이고 모두 부재일 때",
    f"한꺼번에: 지난 날의 기록 {FEWEST_AT_ONCE}건 이상이 {AT_ONCE.seconds // 60}분 안에 들어왔을 때",
)
"""The bounds as the page tells them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one record says about its making. `people` are those who went; the first of `writers` wrote it.

    `ended_at` is None where nobody wrote it; then `began_at` may be a guess, and no times are compared.
    """

    visit_id: UUID
    writer_id: int
    people: frozenset[int]
    number: str
    """The household's number, as people say it."""
    building: str
    """What two records at one building share."""
    occurred_on: date
    began_at: datetime
    ended_at: datetime | None
    received_at: datetime
    is_face: bool
    is_absence: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One finding: what, about whom, on which day, and the records it is about in their order."""

    kind: QuestionKind
    account_id: int
    on: date
    visit_ids: tuple[UUID, ...]
    because: str

    @property
    def key(self) -> str:
        """The same finding about the same records has the same key, however often one looks."""
        return ":".join((self.kind.value, str(self.account_id), *sorted(str(each) for each in self.visit_ids)))


def find_questions(entries: Iterable[Entry]) -> list[Question]:
    """Everything one would ask about these records, newest day first."""
    known = sorted(entries, key=lambda entry: (entry.began_at, str(entry.visit_id)))
    found = [question for find in _FINDERS for question in find(known)]
    return sorted(found, key=lambda question: (-question.on.toordinal(), question.account_id, question.kind.value))


def _find_overlaps(entries: Sequence[Entry]) -> Iterator[Question]:
    for account_id, visits in _timed(entries).items():
        for heap in _overlapping(visits):
            shared = max(min(_end(first), _end(second)) - second.began_at for first, second in combinations(heap, 2))
            where = "한 가구의 기록 시각이" if len({entry.number for entry in heap}) == 1 else "방문 시각이"
            words = f"{len(heap)}건의 {where} 겹칩니다({_minutes(shared)}분): {_numbers(heap)}"
            yield _about(QuestionKind.OVERLAP, account_id, heap, words)


def _overlapping(visits: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Runs of visits each of which begins before those before it have ended, by a minute or more."""
    heap: list[Entry] = []
    for visit in visits:
        if heap and max(map(_end, heap)) - visit.began_at < timedelta(minutes=1):
            if len(heap) > 1:
                yield heap
            heap = []
        heap.append(visit)
    if len(heap) > 1:
        yield heap


def _find_pace(entries: Sequence[Entry]) -> Iterator[Question]:
    for account_id, visits in _timed(entries).items():
        for first, second in pairwise(visits):
            way = second.began_at - _end(first)
            if timedelta(0) <= way < SHORTEST_WAY and first.building != second.building:
                words = f"{first.number}에서 {second.number}까지 {_minutes(way)}분 걸린 것으로 적혀 있습니다."
                yield _about(QuestionKind.PACE, account_id, [first, second], words)
    for (account_id, _on), day in _by_day(entry for entry in entries if entry.is_face).items():
        if len(day) > MOST_A_DAY:
            yield _about(QuestionKind.PACE, account_id, day, f"하루에 {len(day)}가구를 만난 것으로 적혀 있습니다.")


def _find_same_texts(entries: Sequence[Entry]) -> Iterator[Question]:
    of_writer: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_writer[entry.writer_id].append(entry)
    for account_id, written in of_writer.items():
        for group in list_copies([entry.text for entry in written]):
            same = [written[place] for place in group]
            words = f"{len(same)}건의 글이 거의 같습니다: {_numbers(same)}"
            yield _about(QuestionKind.SAME_TEXT, account_id, same, words)


def _find_absent_days(entries: Sequence[Entry]) -> Iterator[Question]:
    for (account_id, _on), day in _by_day(entries).items():
        if len(day) >= FEWEST_ABSENT and all(entry.is_absence for entry in day):
            yield _about(QuestionKind.ALL_ABSENT, account_id, day, f"{len(day)}건이 모두 부재입니다: {_numbers(day)}")


def _find_typed_at_once(entries: Sequence[Entry]) -> Iterator[Question]:
    late: dict[int, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: each.received_at):
        if korean_date(entry.received_at) > entry.occurred_on:
            late[entry.writer_id].append(entry)
    for account_id, arrived in late.items():
        for heap in _heaps(arrived):
            words = f"지난 날의 기록 {len(heap)}건이 {_minutes(heap[-1].received_at - heap[0].received_at)}분 사이에 들어왔습니다: {_numbers(heap)}"
            question = _about(QuestionKind.TYPED_AT_ONCE, account_id, heap, words)
            yield replace(question, on=korean_date(heap[-1].received_at))


_FINDERS: tuple[Callable[[Sequence[Entry]], Iterator[Question]], ...] = (
    _find_overlaps,
    _find_pace,
    _find_same_texts,
    _find_absent_days,
    _find_typed_at_once,
)


def _heaps(arrived: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Runs of records that arrived close together; each record is in one of them at most."""
    heap: list[Entry] = []
    for entry in arrived:
        if heap and entry.received_at - heap[0].received_at > AT_ONCE:
            if len(heap) >= FEWEST_AT_ONCE:
                yield heap
            heap = []
        heap.append(entry)
    if len(heap) >= FEWEST_AT_ONCE:
        yield heap


def _timed(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Meetings at a door with both times known, of each person who went, in the order they began."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.is_face and entry.ended_at is not None:
            for person in entry.people:
                found[person].append(entry)
    return found


def _by_day(entries: Iterable[Entry]) -> dict[tuple[int, date], list[Entry]]:
    found: dict[tuple[int, date], list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.writer_id, entry.occurred_on].append(entry)
    return found


def _about(kind: QuestionKind, account_id: int, entries: Sequence[Entry], because: str) -> Question:
    on = max(entry.occurred_on for entry in entries)
    return Question(kind, account_id, on, tuple(entry.visit_id for entry in entries), because)


def _end(entry: Entry) -> datetime:
    return entry.ended_at or entry.began_at


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _numbers(entries: Sequence[Entry], most: int = 6) -> str:
    named = ", ".join(f"{entry.number}({entry.occurred_on.month}.{entry.occurred_on.day}.)" for entry in entries[:most])
    return named if len(entries) <= most else f"{named} 외 {len(entries) - most}건"
