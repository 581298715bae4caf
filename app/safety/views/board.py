"""지금 밖에 있는 직원: who is out, how late they are, and what was found out about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from flask import render_template

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.clock import KOREA
from app.extensions import db
from app.households.rules import FlagRule
from app.safety import queries, service
from app.safety.models import Outing
from app.safety.rules import Finding, Lateness, lateness, minutes_between
from app.safety.views.blueprint import blueprint
from app.web.security import current_identity, requires


@dataclass(frozen=True, slots=True)
class OutLine:
    """One person who is out, as the board shows them."""

    outing: Outing
    lateness: Lateness
    minutes_out: int
    minutes_late: int
    """Minutes since the planned end; negative while it lies ahead."""
    rule: FlagRule | None
    is_alarmed: bool
    """Whether a step was raised that nobody has answered."""
    may_end: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A form of the board that comes back: which, about whom, and why."""

    outing_id: UUID
    act: str
    """«answer» or «end»."""
    note: str
    finding: str
    why: str


@blueprint.get("/out")
@requires(Permission.SEE_WHO_IS_OUT)
def out() -> Any:
    """Everybody who is out in one's centres, and today's alarms that came to an end."""
    return draw_board(current_identity(), clock.now())


def draw_board(identity: Identity, now: datetime, *, refused: Refused | None = None) -> str:
    """The board; with what was refused it stands where it was typed, and says why."""
    morning = datetime.combine(clock.korean_date(now), time(), KOREA)
    lines = [_line(outing, identity, now) for outing in queries.list_out(db.session, identity)]
    ended = queries.list_alarmed(db.session, identity, since=morning)
    page = render_template(
        "safety/out.html", lines=lines, ended=ended, now=now, findings=list(Finding),
        many_centres=len(identity.centre_ids) > 1, refused=refused,
    )  # fmt: skip
    seen = sorted({outing.household_id for outing in (*(line.outing for line in lines), *ended)})
    if seen:
        audit.record_list(db.session, Action.LIST, seen, subject="out", actor=identity, now=now)
    return page


def _line(outing: Outing, identity: Identity, now: datetime) -> OutLine:
    return OutLine(
        outing=outing,
        lateness=lateness(outing.planned_end_at, now=now),
        minutes_out=minutes_between(outing.started_at, now),
        minutes_late=minutes_between(outing.planned_end_at, now),
        rule=queries.rule_of(outing.household),
        is_alarmed=bool(service.open_alarms(outing)),
        may_end=identity.role is Role.SUPERVISOR or identity.account_id in (outing.account_id, outing.companion_id),
    )
