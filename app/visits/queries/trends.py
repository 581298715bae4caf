"""Readings over time, as trends of one person each; visits taken back are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.households.models import Member
from app.visits.models import Visit, VitalReading
from app.visits.queries.vitals import as_reading, judgements_in_force
from app.visits.rules import Judgements, VitalKind
from app.visits.rules.trends import CHARTED, Measured, Trend, make_trend

MOST_TAKINGS = 200
"""Visits of one kind that a chart holds at the most: the newest."""


def list_trends(
    session: Session,
    members: Iterable[Member],
    *,
    on: date,
    since: date | None = None,
    until: date = date.max,
    kinds: Collection[VitalKind] = CHARTED,
) -> dict[int, dict[VitalKind, Trend]]:
    """What was measured of these people from one day to another, kind by kind as in `kinds`; by the table of `on`.

    The caller asks whether health may be read.
    """
    people = {member.id: member for member in members}
    taken = _taken(session, people, kinds, since, until)
    table = _table(session, on)
    return {
        member_id: dict(_trends(taken[member_id], kinds, table, member))
        for member_id, member in people.items()
        if member_id in taken
    }


Taken = dict[VitalKind, dict[UUID, list[Measured]]]


def _taken(
    session: Session, member_ids: Collection[int], kinds: Collection[VitalKind], since: date | None, until: date
) -> dict[int, Taken]:
    statement = (
        select(VitalReading)
        .join(Visit)
        .where(
            VitalReading.member_id.in_(member_ids),
            VitalReading.kind.in_(kinds),
            Visit.voided_at.is_(None),
            Visit.occurred_on <= until,
        )
        .order_by(VitalReading.measured_at, VitalReading.id)
    )
    if since is not None:
        statement = statement.where(Visit.occurred_on >= since)
    taken: dict[int, Taken] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in session.scalars(statement):
        one = Measured(as_reading(row), row.measured_at, row.judgement_label, row.judgement_tone)
        taken[row.member_id][row.kind][row.visit_id].append(one)
    return taken


def _trends(
    taken: Taken, kinds: Collection[VitalKind], table: Judgements | None, member: Member
) -> Iterable[tuple[VitalKind, Trend]]:
    for kind in kinds:
        visits: Sequence[list[Measured]] = list(taken[kind].values())[-MOST_TAKINGS:] if kind in taken else []
        trend = make_trend(kind, visits, table, sex=member.sex)
        if trend is not None:
            yield kind, trend


def _table(session: Session, on: date) -> Judgements | None:
    """The table that judges on a day; without one the chart has no ground."""
    try:
        return judgements_in_force(session, on)
    except NotFound:
        return None


def list_measured_kinds(session: Session, member_ids: Collection[int]) -> list[VitalKind]:
    """The kinds of which these people have a reading that counts, in the order a nurse takes them."""
    statement = (
        select(VitalReading.kind)
        .join(Visit)
        .where(VitalReading.member_id.in_(member_ids), VitalReading.not_measured.is_(None), Visit.voided_at.is_(None))
        .distinct()
    )
    found = set(session.scalars(statement))
    return [kind for kind in VitalKind if kind in found]
