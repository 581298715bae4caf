"""R11: how many incidents of which kind in which month, and for the 시군구 at which centre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre
from app.reports.rules import IncidentLine, IncidentReportFacts, Letterhead
from app.safety.queries import list_happenings
from app.safety.rules import Called, Happening, IncidentKind, Tally, by_centre, by_month, months_of


def gather_incident_report(
    session: Session, who: Identity, centres: Sequence[Centre], letterhead: Letterhead, *, first_on: date, last_on: date
) -> IncidentReportFacts:
    """The counts of these centres from one day to another, both included; a table of centres where there are several."""
    ids = [centre.id for centre in centres]
    found = list_happenings(session, who, first_on=first_on, last_on=last_on, centre_ids=ids)
    months = months_of(first_on, last_on)
    several = len(centres) > 1
    return IncidentReportFacts(
        letterhead=letterhead,
        first_on=first_on,
        last_on=last_on,
        months=tuple(_named(month, several_years=first_on.year != last_on.year) for month in months),
        by_month=_lines(by_month(found, months)),
        hurt=sum(each.is_hurt for each in found),
        called=tuple((each.label, _called(found, each)) for each in Called),
        waiting=sum(not each.is_completed for each in found),
        centres=tuple(centre.dong for centre in centres) if several else (),
        by_centre=_lines(by_centre(found, ids)) if several else (),
    )


def _named(month: date, *, several_years: bool) -> str:
    """«3월», with its year where the period has several."""
    return f"{month.year}년 {month.month}월" if several_years else f"{month.month}월"


def _called(found: Sequence[Happening], whom: Called) -> int:
    return sum(whom.value in each.called for each in found)


def _lines(tally: Tally) -> tuple[IncidentLine, ...]:
    return tuple(IncidentLine(kind=kind.label, counts=tally.row(kind)) for kind in IncidentKind)
