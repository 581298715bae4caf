"""The blueprint of all pages of conferences, what their URLs load, and what other pages ask of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.cases.models import Case
from app.cases.queries import get_case
from app.conferences import queries
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import State
from app.core import clock
from app.extensions import db
from app.web.security import current_identity
from app.web.words import moment

blueprint = Blueprint("conferences", __name__)


def conference_from_url(session: Session, identity: Identity, *, conference_id: int) -> Conference:
    """The conference of the URL, or 404."""
    return queries.get_conference(session, identity, conference_id)


def case_from_url(session: Session, identity: Identity, *, case_id: int) -> Case:
    """The case of the URL, or 404."""
    return get_case(session, identity, case_id)


def record_looks(conference: Conference, items: Sequence[AgendaItem]) -> None:
    """Every household on the page was looked at."""
    ids = [item.household_id for item in items]
    subject = f"conference:{conference.id}"
    audit.record_list(db.session, Action.VIEW, ids, subject=subject, actor=current_identity(), now=clock.now())


def health_of(items: Sequence[AgendaItem]) -> dict[int, str]:
    """By household: its health needs, for those households whose health this person may read."""
    identity = current_identity()
    readable = [item.household_id for item in items if can(identity, Permission.READ_NURSING_NOTE, item.case)]
    return queries.health_lines(db.session, readable)


@blueprint.app_template_global()
def conferences_of(case_id: int) -> Sequence[AgendaItem]:
    """When a case was or will be before a conference, the newest first; for the case's own page."""
    return queries.list_items_of(db.session, case_id)


@blueprint.app_template_global()
def conference_line(household_id: int) -> str:
    """«내부사례회의 2026-11-23 예정», «… 선정: 사례관리(일반)»; empty when there was none."""
    item = queries.newest_item(db.session, household_id)
    if item is None:
        return ""
    held = item.conference
    decided = item.decision.label if item.decision and held.confirmed_at else State.COMING.label
    return f"{held.kind.label} {held.held_on.isoformat()} {decided}"


@blueprint.app_template_filter()
def told_at(stored: str) -> str:
    """«2026-11-23 14:05» of a moment as an addendum keeps it."""
    return moment(datetime.fromisoformat(stored))
