"""F01: a first talk as it was held."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.cases.models import Counselling
from app.cases.rules import CounsellingWay, Route
from app.reports.facts.form_parts import ground_of, household_facts
from app.reports.rules import HEALTH_WITHHELD, Letterhead
from app.reports.rules.boxed import ChoiceFacts, FormHouseholdFacts, FormWishes, choice_of
from app.reports.rules.counselling_sheet import CounsellingSheetFacts


def gather_counselling_sheet(
    _session: Session, who: Identity, row: Counselling | None, letterhead: Letterhead, wishes: FormWishes
) -> CounsellingSheetFacts:
    """The facts of one first talk, or of a blank form; unmasked, to be masked by the caller.

    What it says of anybody's health is in it for those who may read that, and for whoever wrote it.
    """
    ground = ground_of(letterhead, wishes)
    if row is None:
        return CounsellingSheetFacts(
            household=FormHouseholdFacts(), ways=choice_of(CounsellingWay), routes=choice_of(Route), **ground
        )
    reads_health = row.by_id == who.account_id or can(who, Permission.READ_NURSING_NOTE, row.household)
    return CounsellingSheetFacts(
        household=household_facts(row.household, letterhead.written_on),
        counselled_on=row.counselled_on,
        ways=choice_of(CounsellingWay, row.way),
        routes=_routes(row.route),
        with_whom=row.with_whom,
        complaint=row.complaint,
        family=row.family,
        housing=row.housing,
        income=row.income,
        health=row.health if reads_health else "",
        health_withheld=HEALTH_WITHHELD if row.health.strip() and not reads_health else "",
        told=row.told,
        measures=row.measures,
        counsellor=row.by.title,
        **ground,
    )


def _routes(code: str) -> ChoiceFacts:
    """Every route with the one that was taken; a route of a list of old is said beside them."""
    if not code or code in Route.__members__:
        return choice_of(Route, Route(code) if code else None)
    return ChoiceFacts(options=(*choice_of(Route).options, code), chosen=(code,))
