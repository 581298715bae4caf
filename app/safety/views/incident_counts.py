"""안전사고 of one's centres: the list, and the count whose every number opens its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, request

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts.queries import list_centres
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.safety import queries
from app.safety.rules import IncidentKind, by_centre, by_month, months_of, next_month
from app.safety.views.blueprint import blueprint
from app.web.security import current_identity, requires

YEARS_BACK = 4


@blueprint.get("/incidents/centre")
@requires(Permission.SEE_INCIDENTS)
def incidents() -> Any:
    """Everybody's incidents, narrowed by kind, month, centre, and to what is still to be done."""
    identity, now = current_identity(), clock.now()
    wanted = _wanted(identity)
    found = queries.list_incidents(db.session, identity, wanted)
    shown = found[: queries.MOST_SHOWN]
    page = render_template(
        "safety/incidents.html", incidents=shown, has_more=len(found) > len(shown), wanted=wanted,
        kinds=list(IncidentKind), centres=_centres(identity), month=request.args.get("month", ""),
        year=request.args.get("year", ""),
    )  # fmt: skip
    ids = sorted({each.household_id for each in shown if each.household_id is not None})
    audit.record_list(db.session, Action.LIST, ids, subject="incidents", actor=identity, now=now)
    return page


def _wanted(identity: Identity) -> queries.Wanted:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.args.get("kind", "")
    first_on, last_on = _period()
    centre_id = request.args.get("centre_id", type=int)
    return queries.Wanted(
        first_on=first_on, last_on=last_on,
        kind=IncidentKind(asked) if asked in {kind.value for kind in IncidentKind} else None,
        centre_id=centre_id if centre_id in identity.centre_ids else None,
        only_open=request.args.get("open") == "1",
    )  # fmt: skip


def _period() -> tuple[date | None, date | None]:
    """The month (`2026-03`) or the year of the address, as its first and last day."""
    month = _month_of(request.args.get("month", ""))
    if month is not None:
        return month, date.fromordinal(next_month(month).toordinal() - 1)
    year = request.args.get("year", type=int)
    is_year = year is not None and _is_year(year)
    return (date(year, 1, 1), date(year, 12, 31)) if year and is_year else (None, None)


def _month_of(text: str) -> date | None:
    year, _, month = text.partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(text) == len("2026-03")):
        return None
    return date(int(year), int(month), 1) if _is_year(int(year)) and 1 <= int(month) <= 12 else None


def _is_year(year: int) -> bool:
    return 2000 <= year < 2100


@blueprint.get("/incidents/counts")
@requires(Permission.SEE_INCIDENTS)
def count_incidents() -> Any:
    """One year of incidents: kind by month, and for the 시군구 kind by centre."""
    identity, this_year = current_identity(), clock.today().year
    year = min(max(request.args.get("year", this_year, type=int), this_year - YEARS_BACK), this_year)
    centres = _centres(identity)
    asked = request.args.get("centre_id", type=int)
    chosen = next((centre for centre in centres if centre.id == asked), None)
    first_on, last_on = date(year, 1, 1), date(year, 12, 31)
    found = queries.list_happenings(db.session, identity, first_on=first_on, last_on=last_on)
    of_centre = [each for each in found if chosen is None or each.centre_id == chosen.id]
    return render_template(
        "safety/incident_counts.html", year=year, years=range(this_year - YEARS_BACK, this_year + 1), centres=centres,
        chosen=chosen, kinds=list(IncidentKind), months=by_month(of_centre, months_of(first_on, last_on)),
        places=by_centre(found, [centre.id for centre in centres]) if len(centres) > 1 else None,
        hurt=sum(each.is_hurt for each in of_centre),
    )  # fmt: skip


def _centres(identity: Identity) -> Any:
    """The centres a person of the 시군구 may choose from; none for somebody of a centre."""
    return list_centres(db.session, identity) if identity.role is Role.DISTRICT else []
