"""A free hour was tapped: which household shall it be? Those that are due first, any other by the search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import make_response, render_template, request

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts.models import Account
from app.accounts.queries import get_account
from app.audit import service as audit
from app.audit.rules import Action
from app.calendars.queries.dues import DoorDues, by_door, list_dues_between
from app.calendars.rules.spans import Scale
from app.calendars.views.blueprint import blueprint
from app.calendars.views.whose import Frame, frame_of
from app.core import clock
from app.core.database import new_id
from app.core.errors import NotAllowed, NotFound
from app.extensions import db
from app.follow_ups.rules import Profession
from app.households import queries as households
from app.households.forms import SearchForm
from app.households.queries import HouseholdLine
from app.households.rules import parse_search
from app.visits.forms.planning import SlotForm
from app.visits.rules import purpose_of
from app.web.security import current_identity, requires

AHEAD = timedelta(days=14)
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """The hour that was tapped, in whose day."""

    slot: str
    on: date
    at: time | None
    person: Account

    @property
    def purpose(self) -> str:
        nurse = self.person.role is Role.NURSE
        return purpose_of(Profession.NURSE if nurse else Profession.WORKER).value


@blueprint.route("/calendar/choose", methods=["GET", "POST"])
@requires(Permission.SEE_CALENDAR)
def choose() -> Any:
    """Who is due and has no visit yet, the most pressing first; what is searched for travels by POST."""
    identity, now = current_identity(), clock.now()
    wanted, search = _wanted(identity), SearchForm()
    frame = frame_of(Scale.DAY, identity, wanted.on)
    found = _found(search, identity) if request.method == "POST" else None
    doors = _doors(identity, wanted.person, frame) if found is None else []
    page = render_template(
        "calendars/choose.html", wanted=wanted, frame=frame, doors=doors[:MOST_SHOWN], more=len(doors) - MOST_SHOWN,
        found=found, search=search, new_id=new_id,
    )  # fmt: skip
    shown = [line.id for line in found or ()] + [door.household.id for door in doors[:MOST_SHOWN]]
    action = Action.LIST if found is None else Action.SEARCH
    audit.record_list(db.session, action, shown, subject="calendar", actor=identity, now=now)
    return make_response(page, search.status)


def _wanted(identity: Identity) -> Wanted:
    """The hour and the person of the address.

    Raises:
        NotAllowed: somebody who plans no visits.
        NotFound: no hour, or nobody's day.
    """
    if identity.role is Role.DISTRICT:
        raise NotAllowed
    slot = request.args.get("slot", "")
    when = SlotForm(slot=slot, meta={"csrf": False}, formdata=None).when
    person = frame_of(Scale.DAY, identity).whose.person or get_account(db.session, identity.account_id or 0)
    if when is None:
        raise NotFound
    return Wanted(slot, *when, person)


def _doors(identity: Identity, person: Account, frame: Frame) -> list[DoorDues]:
    """Households whose due wants a visit within two weeks, the most pressing first."""
    until = max(frame.span.on, frame.today) + AHEAD
    dues = list_dues_between(db.session, identity, first_on=None, last_on=until, today=frame.today, holders=[person.id])
    return [door for door in by_door(dues) if door.is_open]


def _found(search: SearchForm, identity: Identity) -> list[HouseholdLine]:
    search.validate()
    if search.errors:
        return []
    rows = households.search(db.session, identity, parse_search(search.query.data or ""))
    return [line for line in households.lines_of(rows, today=clock.today()) if line.is_active]
