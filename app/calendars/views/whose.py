"""Whose calendar is looked at, and how a page of it is addressed: by dates and ids, never by a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account, Centre
from app.accounts.queries import get_account, list_centres, list_colleagues
from app.calendars.queries.agenda import VISITING
from app.calendars.rules.spans import SPANS, Scale, Span
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db

YEARS_AROUND = 5


@dataclass(frozen=True, slots=True)
class Whose:
    """One person's calendar, a centre's, or that of a whole 시군구."""

    person: Account | None
    centre_id: int | None
    people: Sequence[Account]
    """Whom one may look at instead."""
    centres: Sequence[Centre]
    is_own: bool
    """Whether it is the calendar of whoever looks, who needs not be told so."""

    @property
    def arguments(self) -> dict[str, int]:
        """What stands in the address."""
        if self.is_own:
            return {}
        chosen = {
            "centre": self.centre_id if self.centres else None,
            "assignee": self.person.id if self.person else None,
        }
        return {name: value for name, value in chosen.items() if value is not None}

    @property
    def words(self) -> str:
        """«윤가람 방문간호사», «가람동 행정복지센터», or empty for one's own."""
        if self.person is not None:
            return "" if self.is_own else self.person.title
        centre = next((each for each in self.centres if each.id == self.centre_id), None)
        return centre.name if centre else ""


def whose_calendar(identity: Identity) -> Whose:
    """Whose calendar the address asks for, as far as this person may choose.

    Raises:
        NotFound: a person or a centre out of scope.
    """
    if identity.role in (Role.NURSE, Role.WORKER):
        return Whose(get_account(db.session, identity.account_id or 0), identity.centre_id, [], [], is_own=True)
    centres = list_centres(db.session, identity) if identity.role is Role.DISTRICT else []
    centre_id = identity.centre_id if identity.role is Role.SUPERVISOR else _asked_centre(identity)
    scope = identity.centre_ids if centre_id is None else frozenset({centre_id})
    people = list_colleagues(db.session, scope, *VISITING)
    person = _asked_person(people)
    if person is not None:
        centre_id = person.centre_id
    return Whose(person, centre_id, people if centre_id is not None else [], centres, is_own=False)


def _asked_centre(identity: Identity) -> int | None:
    wanted = request.args.get("centre", type=int)
    if wanted is not None and wanted not in identity.centre_ids:
        raise NotFound
    return wanted


def _asked_person(people: Sequence[Account]) -> Account | None:
    wanted = request.args.get("assignee", type=int)
    if wanted is None:
        return None
    person = next((one for one in people if one.id == wanted), None)
    if person is None:
        raise NotFound
    return person


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of the calendar shows around its days: where one is, and where one can go."""

    span: Span
    whose: Whose
    today: date

    @property
    def words(self) -> str:
        """The days as a heading; the year only where it is another one."""
        return self.span.words.removeprefix(f"{self.today.year}년 ")

    def url(self, scale: Scale | str | None = None, on: date | None = None, **changes: Any) -> str:
        """The same calendar at another day or scale; `assignee=None` looks at everybody again."""
        chosen, day = Scale(scale or self.span.scale), on or self.span.on
        kept: dict[str, Any] = {**self.whose.arguments, **changes}
        kept = {name: value for name, value in kept.items() if value is not None}
        if chosen is Scale.DAY:
            return url_for("calendars.day", on=day, **kept)
        endpoint = "calendars.month" if chosen is Scale.MONTH else "calendars.week"
        return url_for(endpoint, on=None if day == self.today else day.isoformat(), **kept)


def frame_of(scale: Scale, identity: Identity, on: date | None = None) -> Frame:
    """The frame of the page that is asked for; nonsense in the address is today."""
    today = clock.today()
    day = on or _asked_day() or today
    if abs(day.year - today.year) > YEARS_AROUND:
        day = today
    return Frame(SPANS[scale](day), whose_calendar(identity), today)


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None
