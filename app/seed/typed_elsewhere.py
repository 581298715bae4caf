"""What the fictional staff typed into the national systems: nearly everything but this last week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.core.clock import korean_date
from app.visits.models import Visit
from app.visits.queries.national_forms import read_national_forms
from app.visits.rules import VisitState
from app.visits.rules.national import NationalForm
from app.visits.service.national_entries import mark_entered

from .dice import happens, stream
from .reference import seed_folder

TYPED_AFTER = timedelta(days=6)
FORGOTTEN = 0.02


def mark_typed(session: Session, seed: int, *, actor: Callable[[str], Identity], now: datetime) -> None:
    """Mark the records of the last months as typed, except for what nobody has come to yet and what was forgotten."""
    until = korean_date(now) - TYPED_AFTER
    for form in read_national_forms(seed_folder()).values():
        for visit in session.scalars(_records(form, now)).all():
            if visit.occurred_on <= until and not happens(stream(seed, "typed", visit.id, form.system), FORGOTTEN):
                typed_at = min(visit.received_at + timedelta(days=1), now)
                mark_entered(session, [visit], form.system, actor=actor(visit.by.login), now=typed_at)


def _records(form: NationalForm, now: datetime) -> Select[Any]:
    since = korean_date(now) - timedelta(days=form.look_back_days)
    return (
        select(Visit)
        .where(
            Visit.occurred_on >= since,
            Visit.state == VisitState.SUBMITTED,
            Visit.voided_at.is_(None),
            Visit.purpose.in_(form.purposes),
            Visit.mode.in_(form.modes),
        )
        .options(joinedload(Visit.by), joinedload(Visit.household))
        .order_by(Visit.began_at, Visit.id)
    )
