"""What the address of a page of counts asks for: from when to when, of which centre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from app.access.identity import Identity
from app.accounts.models import Centre
from app.accounts.queries import list_centres
from app.extensions import db
from app.reports.forms import FIRST_YEAR, LAST_YEAR
from app.reports.queries import CaseScope
from app.web.paging import asked_key


@dataclass(frozen=True, slots=True)
class Asked:
    """A period and centres, in the words of the address."""

    first_on: date
    last_on: date
    centres: Sequence[Centre]
    """Those of whoever asks."""
    chosen: Centre | None
    """None: all of them."""

    @property
    def scope(self) -> CaseScope:
        shown = [self.chosen] if self.chosen else self.centres
        return CaseScope(tuple(centre.id for centre in shown), self.first_on, self.last_on)

    @property
    def address(self) -> dict[str, Any]:
        """For links to the same period and centre; as the form of the paper names them, too."""
        kept = {"first_on": self.first_on.isoformat(), "last_on": self.last_on.isoformat()}
        return kept | ({"centre_id": self.chosen.id} if self.chosen else {})

    @property
    def period(self) -> str:
        """«2026-01-01 – 2026-09-20», as pages say dates; the paper says them its own way."""
        return f"{self.first_on.isoformat()} – {self.last_on.isoformat()}"

    @property
    def words(self) -> str:
        """«모든 센터» where there are several; otherwise the centre's name."""
        only = self.chosen or (self.centres[0] if len(self.centres) == 1 else None)
        return only.name if only else "모든 센터"


def asked(identity: Identity, today: date) -> Asked:
    """The year so far of all centres of the scope, unless the address says otherwise; what it says wrongly is left out."""
    first_on = _day("first_on", date(today.year, 1, 1))
    last_on = _day("last_on", today)
    centres = list_centres(db.session, identity)
    wanted = asked_key("centre_id")
    chosen = next((centre for centre in centres if centre.id == wanted), None)
    return Asked(min(first_on, last_on), max(first_on, last_on), centres, chosen)


def _day(name: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return otherwise
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else otherwise
