"""What the visit form of one person about one household offers of care."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.care.models import Medicine
from app.care.queries.done import rating_words
from app.care.queries.medicines import standing_medicines
from app.care.queries.problems import ProblemLine, list_problems
from app.care.queries.recent import recent_targets
from app.care.queries.sights import sight_of
from app.care.queries.tables import picks
from app.care.rules import CareDetails
from app.care.rules.offer import CareOffer, OfferedMedicine, OfferedPerson, OfferedProblem
from app.households.models import Household

_PROBLEM_FIELD = re.compile(r"(?:.*-)?p(\d+)-")


def offer_care(
    session: Session, who: Identity, household: Household, *, members: Sequence[Any], sent: Iterable[str] = (),
    kept: CareDetails | None = None,
) -> CareOffer:  # fmt: skip
    """The picks in the person's own order, open problems and medicines, as far as they may be seen.

    Args:
        members: whose medicines may be checked.
        sent: names of the fields that came back: a problem that somebody closed meanwhile can still be rated.
        kept: what a record holds already, where it is corrected.
    """
    may_check = can(who, Permission.KEEP_MEDICINES, household)
    rated = {rated.problem_id for rated in kept.ratings} if kept else set()
    return CareOffer(
        _picks(session, who, household, kept),
        tuple(_problems(session, who, household, rated | _mentioned(sent))),
        _people(session, household, members) if may_check else (),
        changes_list=kept is None,
    )


def _picks(session: Session, who: Identity, household: Household, kept: CareDetails | None) -> tuple[Any, ...]:
    profession = "NURSE" if who.role is Role.NURSE else "WORKER"
    recent = recent_targets(session, who.account_id) if who.account_id else ()
    offered = picks().offered_to(profession, recent)
    reads_health = sight_of(who, household).reads_health
    others = {each.target for each in kept.done} - {pick.code for pick in offered} if kept else set()
    known = (picks().pick(code) for code in sorted(others))
    return (*(pick for pick in known if reads_health or not pick.is_health), *offered)


def _mentioned(sent: Iterable[str]) -> set[int]:
    found = (_PROBLEM_FIELD.fullmatch(name.rpartition("-")[0] + "-") for name in sent)
    return {int(match[1][:9]) for match in found if match}


def _problems(
    session: Session, who: Identity, household: Household, mentioned: Collection[int]
) -> Iterable[OfferedProblem]:
    for line in list_problems(session, who, household):
        is_meant = line.id in mentioned or line.is_open
        if is_meant and not line.kind.is_restricted:
            yield _offered(line)


def _offered(line: ProblemLine) -> OfferedProblem:
    last = line.last
    return OfferedProblem(
        line.id, line.kind, line.whose, line.is_open, last, line.ratings[-1].rated_on if last else None,
        rating_words(last) if last else "",
    )  # fmt: skip


def _people(session: Session, household: Household, members: Sequence[Any]) -> tuple[OfferedPerson, ...]:
    standing = standing_medicines(session, household.id)
    return tuple(
        OfferedPerson(member.id, member.name, tuple(map(_medicine, standing.get(member.id, ())))) for member in members
    )


def _medicine(row: Medicine) -> OfferedMedicine:
    return OfferedMedicine(row.id, row.name, " ".join(filter(None, (row.dose, row.how))), row.confirmed_on)
