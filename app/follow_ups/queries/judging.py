"""The engine's answers for households: their terms and their place on the absence ladder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload

from app.accounts.models import Account, Centre
from app.core.database import fetch
from app.core.holidays import RELIABLE_YEARS, working_days
from app.core.working_days import WorkingDays
from app.follow_ups.models import HolidayOverride, TermRow
from app.follow_ups.queries.histories import (
    Place,
    Standing,
    list_contacts,
    list_places,
    newest_rulings,
    standing_terms,
)
from app.follow_ups.queries.rule_book import LadderBook, RuleBook, ladder_book, rule_book
from app.follow_ups.rules import (
    AbsenceAnswer,
    AbsenceLadder,
    AbsenceRuling,
    CareGroup,
    Contact,
    ContactMode,
    DueAnswer,
    Profession,
    RuleKind,
    Term,
    due_by_versions,
    group_of,
    judge_absence,
    last_seen_on,
    next_turn,
    status_on,
    vain_tries,
)
from app.follow_ups.rules.dues import Due, due_from
from app.households.models import Household

PLANNING_YEARS = range(2010, RELIABLE_YEARS[-1] + 1)
TRIES = AbsenceLadder(
    version="", absent_modes=frozenset({ContactMode.ABSENT, ContactMode.NO_ANSWER}),
    reached_modes=frozenset({ContactMode.FACE, ContactMode.CALL, ContactMode.OFFICE}), steps={}, steps_alone={},
)  # fmt: skip
"""What counts as a vain try and what ends a row of them, whatever the steps are."""


class Judged(NamedTuple):
    """One answer for a household: of a term, or of the absence ladder."""

    household_id: int
    term_id: int | None
    member_id: int | None
    label: str
    note: str
    profession: Profession
    kind: RuleKind
    rule_version_id: int | None
    ladder_step: int | None
    answer: DueAnswer


class JudgedHousehold(NamedTuple):
    """All that the engine says of a household on a day."""

    place: Place
    last_seen_on: date | None
    absences_in_row: int
    judged: list[Judged]


@dataclass(frozen=True, slots=True)
class Grounds:
    """By what households of one 시군구 are judged."""

    book: RuleBook
    ladders: LadderBook
    days: WorkingDays
    today: date


_OVERRIDES: Any = (
    select(HolidayOverride.on, HolidayOverride.name, HolidayOverride.is_holiday)
    .where(HolidayOverride.district_id == bindparam("district_id"))
    .order_by(HolidayOverride.on)
)


def working_days_for(session: Session, district_id: int) -> WorkingDays:
    """Working days of a 시군구: public holidays, with its own days added and taken away."""
    rows = fetch(session, _OVERRIDES, {"district_id": district_id})
    return _working_days(tuple(tuple(row) for row in rows))


@lru_cache(maxsize=32)
def _working_days(overrides: tuple[Any, ...]) -> WorkingDays:
    added = {on: name for on, name, is_holiday in overrides if is_holiday}
    removed = [on for on, _name, is_holiday in overrides if not is_holiday]
    return working_days(PLANNING_YEARS, added=added, removed=removed)


def district_of(session: Session, household: Household) -> int:
    """The 시군구 whose rules and holidays hold for a household."""
    return session.get_one(Centre, household.centre_id).district_id


def grounds_of(
    session: Session, district_id: int, *, today: date, book: RuleBook | None = None, days: WorkingDays | None = None
) -> Grounds:
    """What holds in a 시군구; `book` and `days` in place of the stored ones show what another one would change."""
    return Grounds(
        book or rule_book(session, district_id),
        ladder_book(session, district_id),
        days or working_days_for(session, district_id),
        today,
    )


def judge_places(
    session: Session, places: Sequence[Place], grounds: Grounds, *, also: Contact | None = None
) -> Iterator[JudgedHousehold]:
    """The engine's answers for households of one 시군구; `also` is a contact that is about to happen."""
    ids = [place.id for place in places]
    contacts, terms = list_contacts(session, ids), standing_terms(session, ids)
    if also:
        for household_id in ids:
            contacts[household_id].append(also)
    tries = {place.id: vain_tries(contacts[place.id], TRIES, grounds.today) for place in places}
    rulings = newest_rulings(session, [household_id for household_id, found in tries.items() if found])
    for place in places:
        known = contacts[place.id]
        judged = [_judged_term(standing, known, grounds) for standing in terms.get(place.id, ())]
        judged += _judged_ladder(place, known, rulings.get(place.id), grounds)
        yield JudgedHousehold(place, last_seen_on(known, grounds.today), len(tries[place.id]), judged)


def _judged_term(standing: Standing, contacts: Sequence[Contact], grounds: Grounds) -> Judged:
    verdict = due_by_versions(
        standing.term, grounds.book.holdings[standing.code], contacts, today=grounds.today, working_days=grounds.days
    )
    version = grounds.book.by_key[verdict.by.key or 0]
    return Judged(
        standing.household_id, standing.id, standing.member_id, version.name, standing.note,
        standing.promised_by or version.profession, version.kind, version.key, None, verdict.answer,
    )  # fmt: skip


def _judged_ladder(
    place: Place, contacts: Sequence[Contact], ruling: AbsenceRuling | None, grounds: Grounds
) -> list[Judged]:
    """Where an active household stands on the ladder, as a due; nothing when it stands nowhere and will not by itself."""
    ladder = grounds.ladders.holding(grounds.today)
    if not place.is_active or ladder is None:
        return []
    found, turn = _on_ladder(place, contacts, ladder, ruling, grounds), next_turn(contacts, ladder, grounds.today)
    if found is None and turn is None:
        return []
    change = grounds.ladders.next_change(grounds.today) if found else None
    return [_ladder_due(place, found, min(filter(None, (turn, change)), default=None))]


def _on_ladder(
    place: Place, contacts: Sequence[Contact], ladder: AbsenceLadder, ruling: AbsenceRuling | None, grounds: Grounds
) -> AbsenceAnswer | None:
    return judge_absence(
        contacts, ladder, risk=place.risk, lives_alone=place.lives_alone, today=grounds.today,
        working_days=grounds.days, ruling=ruling,
    )  # fmt: skip


def _ladder_due(place: Place, found: AbsenceAnswer | None, recompute_on: date | None) -> Judged:
    due_on, begun_on = (found.due_on, found.last_try_on) if found else (None, None)
    window_start = begun_on if due_on else None
    answer = DueAnswer(
        status=status_on(due_on or date.max, kind=RuleKind.AFTER_EVENT, due_on=due_on, window_start=window_start),
        due_on=due_on, window_start=window_start, limit_on=None, done=None, needed=None, missed=(),
        because=found.because if found else (), last_counted_on=None, recompute_on=recompute_on,
        rests=found.rests if found else None,
    )  # fmt: skip
    is_nursing = place.worker_id is None or (found is not None and found.is_nursing and place.nurse_id is not None)
    profession = Profession.NURSE if is_nursing else Profession.WORKER
    label, step = (found.label, found.step_number) if found else ("", None)
    return Judged(
        place.id, None, None, label, "", profession, RuleKind.AFTER_EVENT, None, step or 0, answer
    )  # fmt: skip


def due_of(judged: Judged, *, today: date) -> Due:
    """An answer as people read it."""
    return due_from(
        judged.answer, term_id=judged.term_id, household_id=judged.household_id, member_id=judged.member_id,
        label=judged.label, profession=judged.profession, kind=judged.kind, today=today, note=judged.note,
        ladder_step=judged.ladder_step,
    )  # fmt: skip


_TERMS = (
    select(TermRow)
    .where(TermRow.household_id == bindparam("of_household"))
    .order_by(TermRow.id.desc())
    .options(
        joinedload(TermRow.member),
        joinedload(TermRow.set_by).options(lazyload(Account.centre), lazyload(Account.district)),
    )
)


def list_terms(session: Session, household_id: int) -> Sequence[TermRow]:
    """Every term of a household, newest first."""
    return session.scalars(_TERMS, {"of_household": household_id}).all()


def engine_term(row: TermRow) -> Term:
    """A stored term as the engine reads it."""
    return Term(
        starts_on=row.starts_on, ends_on=row.ends_on, member=row.member_id, event_on=row.event_on,
        closed_on=row.closed_on, promised_on=row.promised_on, made_on=row.made_on,
    )  # fmt: skip


def absence_step(session: Session, household: Household, *, today: date) -> AbsenceAnswer | None:
    """Where a household stands on the absence ladder in force; None when somebody was reached last."""
    grounds = grounds_of(session, district_of(session, household), today=today)
    ladder, ids = grounds.ladders.holding(today), [household.id]
    if ladder is None:
        return None
    ruling = newest_rulings(session, ids).get(household.id)
    contacts = list_contacts(session, ids)[household.id]
    return _on_ladder(list_places(session, ids)[0], contacts, ladder, ruling, grounds)


def standing_groups(session: Session, household_id: int, *, today: date) -> dict[int, CareGroup]:
    """The care group of each member of a household that has one."""
    return groups_in(list_terms(session, household_id), today=today)


def groups_in(terms: Iterable[TermRow], *, today: date) -> dict[int, CareGroup]:
    """The same out of a household's terms, the newest first as `list_terms` gives them."""
    groups: dict[int, CareGroup] = {}
    for term in terms:
        group = group_of(term.rule.code)
        if group and term.member_id is not None and term.starts_on <= today <= (term.ends_on or today):
            groups.setdefault(term.member_id, group)
    return groups
