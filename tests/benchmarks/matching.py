"""How well people are found again: precision and recall by class of trouble and by degree, over labelled pairs.

Run from the root: `.venv/bin/python -m tests.benchmarks.matching [OF_EACH [SEED]]` (100 pairs of each class unless
given, 3,300 in all). Everybody is put on record in a database, looked up as the import looks them up, and judged.
Prints figures, and says loudly when somebody was surely taken for somebody else; asserts nothing.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

from app.access.identity import Identity
from app.discoveries.queries import KnownPeople, find_known_people
from app.discoveries.rules import Candidate, ListedPerson, MatchDegree, Reference, crisis_codes_from, judge_match
from app.households.rules import DwellingDetails, HouseholdDetails, MemberDetails, Relation
from app.households.service.bulk import create_households
from sqlalchemy.orm import Session
from tests.conftest import fill
from tests.databases import TEMPLATES
from tests.factories.pairs.measuring import FOUND, Figures, Judged, by_trouble, figures_of, judge_pairs
from tests.factories.pairs.people import DONGS, Person, invent
from tests.factories.pairs.troubles import Pair, Trouble, make_pairs
from tests.factories.pairs.writing import address_of, as_known, flat_of, read_as_listed
from tests.factories.town import find_town
from tests.moments import NOW, TODAY

SEED_FILES = Path(__file__).parents[2] / "seed_data"
TOWN, NEWCOMERS = 20_000, 2_000
COLUMNS = "  {:<24}{:>6}{:>7}{:>8}{:>7}{:>14}{:>14}{:>14}"


def main() -> None:
    """Both databases, one after the other."""
    of_each, seed = (int(text) for text in (*sys.argv[1:], *("100", "2026")[len(sys.argv) - 1 :]))
    pairs = make_pairs(seed, of_each=of_each)
    reference = Reference(TODAY, DONGS, crisis_codes_from((SEED_FILES / "crisis_codes.json").read_text("utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        for kind, templates in TEMPLATES.items():
            made = templates(Path(folder), fill)
            database = made.copy()
            with Session(database.engine) as session:
                print(f"{kind}: {len(pairs):,} pairs, {of_each} of each class")
                show(judge_pairs(pairs, reference, on_record(session, pairs, reference)))
            made.drop(database)
    newcomers(reference)


def newcomers(reference: Reference) -> None:
    """How many people who are on record nowhere are asked about for nothing, among a town of others."""
    chance = Random(7)
    town = KnownPeople(as_known(invent(chance), key) for key in range(TOWN))
    pairs = [Pair(Trouble.STRANGER, person, person) for person in (invent(chance) for _count in range(NEWCOMERS))]
    listed = [read_as_listed(pair, number, reference) for number, pair in enumerate(pairs)]
    asked = sum(any(_may_be(each, known.candidate) for known in town.near(each)) for each in listed)
    print(
        f"{NEWCOMERS:,} newcomers among {TOWN:,} people on record: {asked} asked about for nothing ({asked / NEWCOMERS:.1%})"
    )


def _may_be(listed: ListedPerson, candidate: Candidate) -> bool:
    return judge_match(listed, candidate).degree is not MatchDegree.NEW


def on_record(session: Session, pairs: Sequence[Pair], reference: Reference) -> KnownPeople:
    """Every recorded side as a household, found again by the statements of the import; numbered as the pairs are."""
    town = find_town(session)
    worker = town.who(town.worker)
    keys = _put_on_record(session, pairs, worker, NOW)
    listed = [read_as_listed(pair, number, reference) for number, pair in enumerate(pairs, start=1)]
    found = find_known_people(session, frozenset({town.garam.id}), listed)
    return KnownPeople(
        replace(known, household_id=keys[known.household_id])
        for known in found.everybody
        if known.household_id in keys
    )  # fmt: skip


def show(judged: Sequence[Judged]) -> None:
    """One line for each class, one for all."""
    print(COLUMNS.format("", "pairs", "exact", "likely", "new", "exact right", "likely right", "found again"))
    for trouble, figures in by_trouble(judged).items():
        _line(trouble.label, figures)
    _line("all", figures_of(judged))
    false = sum(each.false_exact for each in judged)
    print("  nobody was surely taken for somebody else" if not false else f"  !!! {false} FALSE EXACT !!!")


def _line(name: str, figures: Figures) -> None:
    counts = [figures.same[degree] + figures.other[degree] for degree in MatchDegree]
    shares = (
        figures.precision(MatchDegree.EXACT), figures.precision(MatchDegree.LIKELY), figures.recall(*FOUND)
    )  # fmt: skip
    print(COLUMNS.format(name, sum(counts), *counts, *("" if share is None else f"{share:.1%}" for share in shares)))


def _put_on_record(session: Session, pairs: Sequence[Pair], worker: Identity, now: datetime) -> dict[int, int]:
    details = [_details(pair.recorded, worker.centre_id or 0) for pair in pairs]
    created = create_households(session, details, actor=worker, now=now)
    session.flush()
    return {each.household_id: number for number, each in enumerate(created, start=1)}


def _details(who: Person, centre_id: int) -> HouseholdDetails:
    head = MemberDetails(who.name, Relation.HEAD, who.sex, who.born, birth_year=who.born_year, phone=who.phone)
    dwelling = DwellingDetails(address_of(who), "", flat_of(who.flat))
    return HouseholdDetails(centre_id, dwelling, phone=who.house_phone, members=(head,))


if __name__ == "__main__":
    main()
