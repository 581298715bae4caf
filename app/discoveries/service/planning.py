"""Decides for every row of a judged list what will become of it, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.errors import RuleBroken
from app.discoveries.queries import Decided, KnownPeople, KnownPerson, KnownRow, person_key
from app.discoveries.rules import (
    Candidate,
    ListedPerson,
    Match,
    MatchDegree,
    RowOutcome,
    RowResult,
    judge_match,
    sureness,
)
from app.discoveries.service.places import Places

SAME_ROUND = timedelta(days=54)
"""Lists come six times a year, and each round is worked for 54 days: the same row within them is the same discovery,
later it is another one. Source: 복지 사각지대 발굴 차수별 처리기간."""
MOST_CANDIDATES = 5


@dataclass(eq=False, slots=True)
class Plan:
    """One row and its future. Keys that the database gives are filled in while it is written."""

    row: RowResult
    outcome: RowOutcome
    reason: str
    centre_id: int | None = None
    household_id: int | None = None
    member_id: int | None = None
    follows: Plan | None = None
    repeats: KnownRow | None = None
    resembles: Plan | None = None
    possible: list[Possible] = field(default_factory=list)
    row_id: int | None = None

    @property
    def person(self) -> ListedPerson:
        """Who is listed; asked of rows that could be read only."""
        if self.row.person is None:
            raise LookupError("a row to fix names nobody")
        return self.row.person

    @property
    def is_follower(self) -> bool:
        """Whether the row shares the fate of another one."""
        return self.follows is not None or self.repeats is not None

    @property
    def is_undecided(self) -> bool:
        """Whether nobody knows yet which household the row belongs to."""
        return self.outcome is not RowOutcome.NEW and self.household_id is None


@dataclass(frozen=True, slots=True)
class Possible:
    """A household that a row may belong to: one on record, or the one that another row of this file brings."""

    match: Match
    known: KnownPerson | None = None
    plan: Plan | None = None
    is_confirmed: bool = False
    """A person said on an earlier list that it is so."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody need be asked."""
        return self.is_confirmed or self.match.degree is MatchDegree.EXACT

    @property
    def household_id(self) -> int | None:
        """The household's key, once it has one."""
        return self.known.household_id if self.known else self.plan.household_id if self.plan else None

    @property
    def member_id(self) -> int | None:
        """Who of the household is meant."""
        return self.known.member_id if self.known else self.plan.member_id if self.plan else None

    @property
    def reason(self) -> str:
        """«등록된 가구와 같은 사람일 수 있음: 이름·생년월일 일치, 전화 다름»."""
        how = "전에 확인한 사람" if self.is_confirmed else self.match.degree.label
        closed = ", 종료한 가구" if self.known and not self.known.is_active else ""
        return f"등록된 가구와 {how}: {self.match.reason}{closed}"


@dataclass(frozen=True)
class Memory:
    """What is on record that a list can meet."""

    people: KnownPeople
    rows: Mapping[str, Sequence[KnownRow]]
    decided: Mapping[tuple[str, int], Decided]
    """By person and household, whether they belong together: what people said on earlier lists."""


class Planner:
    """One pass over the rows, in their order: a row can only repeat rows above it."""

    def __init__(self, places: Places, memory: Memory, today: date, *, round_id: int | None = None) -> None:
        self._places = places
        self._memory = memory
        self._today = today
        self._round_id = round_id
        self._first: dict[int, Plan] = {}
        """By row number of the first row of a person: the plan that later rows of that person follow. When the very
        first was not taken in (another centre's), the next one is the first."""

    def plan(self, row: RowResult) -> Plan:
        """What becomes of one row."""
        if row.person is None:
            return Plan(row, RowOutcome.BAD, row.reason, self._places.centre_of_bad_rows)
        try:
            centre_id = self._places.centre_of(row.person).id
        except RuleBroken as broken:
            return Plan(row, RowOutcome.BAD, broken.text, self._places.centre_of_bad_rows)
        return self._plan_good(row, row.person, centre_id)

    def _plan_good(self, row: RowResult, person: ListedPerson, centre_id: int) -> Plan:
        number = _number_of_first(row)
        first = self._first.get(number)
        if row.outcome is RowOutcome.JOINED and first is not None:
            return _following(row, first)
        plan = self._repeat(row, centre_id) or self._matched(row, person, centre_id)
        self._first[number] = self._first[row.row_number] = plan
        return plan

    def _repeat(self, row: RowResult, centre_id: int) -> Plan | None:
        """The same row in another file of the same round."""
        rows = self._memory.rows.get(row.fingerprint, ())
        known = next((each for each in rows if self._is_of_this_round(each)), None)
        if known is None:
            return None
        reason = f"«{known.title}» {known.row_number}행과 같은 줄"
        ids = (known.household_id, known.member_id)
        return Plan(row, RowOutcome.JOINED, reason, centre_id, *ids, repeats=known)

    def _is_of_this_round(self, known: KnownRow) -> bool:
        """By the rounds of the lists where both have one; else by the days."""
        if known.round_id is not None and self._round_id is not None:
            return known.round_id == self._round_id
        return known.discovered_on > self._today - SAME_ROUND

    def _matched(self, row: RowResult, person: ListedPerson, centre_id: int) -> Plan:
        on_record = list(self._on_record(person))
        sure = _only_sure(on_record, centre_id)
        if sure is not None:
            return _joined(row, sure, centre_id)
        here = [each for each in on_record if each.known and each.known.centre_id == centre_id]
        plan = Plan(row, RowOutcome.NEW, "", centre_id, resembles=self._resembled(row))
        above = list(self._above(person, plan.resembles)) if _is_near(plan.resembles, centre_id) else []
        plan.possible = _surest([*here, *above])
        asks = bool(above) or _must_be_asked(plan.resembles, centre_id)
        if plan.possible or asks:
            plan.outcome, plan.reason = RowOutcome.HELD, _why_held(row, here, tells_row=asks)
        return plan

    def _on_record(self, person: ListedPerson) -> Iterator[Possible]:
        """Households on record that may be the person's and were not refused, each by its likeliest member."""
        near = self._memory.people.near(person)
        if not near:
            return
        key = person_key(person)
        best: dict[int, Possible] = {}
        for known in near:
            match = judge_match(person, known.candidate)
            if match.degree is MatchDegree.NEW:
                continue
            said = self._memory.decided.get((key, known.household_id))
            possible = Possible(match, known, is_confirmed=said is not None and said.confirms(person, match))
            if said is None or not said.refuses(match):
                best[known.household_id] = max(best.get(known.household_id, possible), possible, key=_sureness)
        yield from best.values()

    def _resembled(self, row: RowResult) -> Plan | None:
        """The row above that this one perhaps repeats, if that one was taken in."""
        if row.outcome is not RowOutcome.HELD or row.earlier is None:
            return None
        return self._first.get(row.earlier.row_number)

    def _above(self, person: ListedPerson, resembled: Plan | None) -> Iterator[Possible]:
        """The household of the row above; while that row is held itself, the households it may belong to."""
        if resembled is None:
            return
        key = person_key(person)
        settled = [] if resembled.is_undecided else [_household_of(person, resembled)]
        for each in resembled.possible if resembled.outcome is RowOutcome.HELD else settled:
            recorded = each.known.candidate if each.known else Candidate.of((each.plan or resembled).person)
            match = judge_match(person, recorded)
            said = self._memory.decided.get((key, each.household_id)) if each.household_id else None
            if said is None or not said.refuses(match):
                yield Possible(match, each.known, each.plan)


def _is_near(resembled: Plan | None, centre_id: int) -> bool:
    """Whether the row above belongs to the same centre: whoever decides must be allowed to see both sides."""
    return resembled is not None and resembled.centre_id == centre_id


def _must_be_asked(resembled: Plan | None, centre_id: int) -> bool:
    """Whether the row above makes this one a question although there is no household to show: not yet, or not here."""
    return resembled is not None and (resembled.is_undecided or resembled.centre_id != centre_id)


def _household_of(person: ListedPerson, plan: Plan) -> Possible:
    return Possible(judge_match(person, Candidate.of(plan.person)), plan=plan)


def _number_of_first(row: RowResult) -> int:
    return row.earlier.row_number if row.earlier and row.outcome is RowOutcome.JOINED else row.row_number


def _following(row: RowResult, first: Plan) -> Plan:
    plan = Plan(row, RowOutcome.JOINED, row.reason, first.centre_id, first.household_id, first.member_id)
    plan.follows, plan.repeats = (None, first.repeats) if first.repeats else (first, None)
    return plan


def _joined(row: RowResult, sure: Possible, centre_id: int) -> Plan:
    plan = Plan(row, RowOutcome.JOINED, sure.reason, centre_id, sure.household_id, sure.member_id)
    if sure.known and sure.known.centre_id != centre_id:
        plan.centre_id = sure.known.centre_id
        plan.reason += ", 명단의 행정동은 다른 센터"
    return plan


def _only_sure(possible: Sequence[Possible], centre_id: int) -> Possible | None:
    """The one active household that surely holds the person: of the own centre if there is one, else of another.

    None when several do, or when the household is closed: then a person has to look.
    """
    sure = [each for each in possible if each.is_sure]
    chosen = [each for each in sure if each.known and each.known.centre_id == centre_id] or sure
    only = chosen[0] if len(chosen) == 1 else None
    return only if only and only.known and only.known.is_active else None


def _surest(possible: Sequence[Possible]) -> list[Possible]:
    """The likeliest first, each household once."""
    once: dict[object, Possible] = {}
    for each in sorted(possible, key=_sureness, reverse=True):
        once.setdefault(each.household_id or id(each.plan), each)
    return list(once.values())[:MOST_CANDIDATES]


def _sureness(possible: Possible) -> tuple[bool, tuple[bool, int, int, int]]:
    """Orders possibilities: sure ones, then by how much agrees, then by how little contradicts."""
    return possible.is_sure, sureness(possible.match)


def _why_held(row: RowResult, on_record: Sequence[Possible], *, tells_row: bool) -> str:
    """Both reasons, when there are both: a row above, and a household on record."""
    parts = [row.reason] if tells_row else []
    parts += [each.reason for each in _surest(on_record)[:1]]
    return " · ".join(parts)
