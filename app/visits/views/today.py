"""오늘: where to go, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import render_template, request

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts.models import Account
from app.accounts.queries import list_centres, list_colleagues
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.follow_ups.queries import Today, list_awaiting, list_ladder_steps, list_today
from app.follow_ups.queries.before_break import find_break_notice
from app.follow_ups.rules import AbsenceAnswer
from app.households.queries import count_mine
from app.safety.queries import count_out, count_own_open, list_protection
from app.visits import queries
from app.visits.queries.second_notes import WantedNote, list_jointly_seen, list_wanted_notes
from app.visits.views.blueprint import blueprint
from app.web.security import current_identity, requires

MOST_SHOWN = 100


@blueprint.get("/today")
@requires(Permission.SEE_DUES)
def today() -> Any:
    """One's own due households; for a supervisor the centre's, or one colleague's."""
    identity, now = current_identity(), clock.now()
    on = clock.korean_date(now)
    colleagues = _colleagues(identity)
    assignee = _chosen(colleagues)
    centre_id = _chosen_centre(identity)
    calls = list_today(db.session, identity, today=on, assignee=assignee, centre_id=centre_id, most=MOST_SHOWN)
    notice = find_break_notice(db.session, identity, today=on, assignee=assignee, centre_id=centre_id)
    awaiting = list_awaiting(db.session, identity, today=on) if identity.role is Role.SUPERVISOR else []
    shown = [call.household.id for heap in calls.heaps for call in heap[:MOST_SHOWN]]
    plans = queries.standing_plans(db.session, shown, first_on=on)
    agenda = _agenda(identity, assignee, on)
    seen = dict.fromkeys([*shown, *(each.id for each in awaiting), *(each.household_id for each in agenda)])
    audit.record_list(db.session, Action.LIST, list(seen), subject="today", actor=identity, now=now)
    return render_template(
        "visits/today.html",
        calls=calls,
        steps=_steps(identity, calls, on),
        awaiting=awaiting,
        notice=notice,
        jointly_seen=list_jointly_seen(db.session, shown),
        wanted_notes=_wanted_notes(identity, now),
        protection=list_protection(db.session, identity, open_only=True),
        to_complete=count_own_open(db.session, identity),
        outside=count_out(db.session, identity, now=now) if identity.role is Role.SUPERVISOR else None,
        plans=plans,
        agenda=agenda,
        on=on,
        drafts=queries.list_drafts(db.session, identity),
        mine=count_mine(db.session, identity),
        colleagues=colleagues,
        assignee=assignee,
        centres=list_centres(db.session, identity) if identity.role is Role.DISTRICT else [],
        centre_id=centre_id,
        most=MOST_SHOWN,
    )


def _steps(identity: Identity, calls: Today, on: date) -> dict[int, AbsenceAnswer]:
    """Where the households on the page stand on the absence ladder."""
    unreached = [
        call.household.id for heap in calls.heaps for call in heap[:MOST_SHOWN] if call.household.absences_in_row
    ]
    return list_ladder_steps(db.session, unreached, district_id=identity.district_id, today=on)


def _agenda(identity: Identity, assignee: Account | None, on: date) -> list[queries.PlannedRecord]:
    """What one person has planned for the day, hour by hour, whether something is due there or not."""
    if assignee is None and identity.role not in (Role.NURSE, Role.WORKER):
        return []
    people = {assignee.id} if assignee else identity.acting_for
    visits = queries.list_planned(db.session, identity, first_on=on, last_on=on, people=people)
    return [visit for visit in visits if visit.is_standing]


def _wanted_notes(identity: Identity, now: datetime) -> list[WantedNote]:
    """Visits one went along on that wait for one's own note."""
    return list_wanted_notes(db.session, identity, now=now) if identity.role in (Role.NURSE, Role.WORKER) else []


def _colleagues(identity: Identity) -> list[Account]:
    """Whose list a supervisor may look at; nobody's for the others."""
    if identity.role is not Role.SUPERVISOR:
        return []
    return list(list_colleagues(db.session, identity.centre_ids, Role.NURSE, Role.WORKER))


def _chosen(colleagues: list[Account]) -> Account | None:
    wanted = request.args.get("assignee", type=int)
    return next((person for person in colleagues if person.id == wanted), None)


def _chosen_centre(identity: Identity) -> int | None:
    wanted = request.args.get("centre", type=int)
    return wanted if wanted in identity.centre_ids else None
