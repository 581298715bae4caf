"""Charts of readings on pages: what templates ask for where a chart stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request

from app.core import clock
from app.extensions import db
from app.households.models import Household, Member
from app.visits.queries import last_readings
from app.visits.queries.body_mass import BodyMass, body_masses
from app.visits.queries.trends import list_measured_kinds, list_trends
from app.visits.rules import VitalKind
from app.visits.rules.trend_chart import Chart, ground_words, lay_out, summary
from app.visits.rules.trends import Trend
from app.visits.views.blueprint import blueprint

WIDTH, HEIGHT, LETTER = 340.0, 200.0, 13.0
"""The drawing's own measure; the page scales it to the room there is."""
PERIODS = {3: "3개월", 12: "1년", 0: "전체"}
"""Months back; 0 goes back to the first reading."""
USUAL_PERIOD = 12


@dataclass(frozen=True, slots=True)
class TrendCard:
    """«추이» of a household: one kind over one period, person by person."""

    kind: VitalKind
    months: int
    kinds: list[VitalKind]
    trends: list[tuple[Member, Trend]]
    body_masses: dict[int, BodyMass]
    """Beside weights: everybody's index of today, by the last weight and height."""
    is_alone: bool
    """Whether nobody else lives there, so that the name need not be said."""


@blueprint.app_template_filter()
def laid_out(trend: Trend) -> Chart:
    """Where everything in the chart stands."""
    return lay_out(trend, width=WIDTH, height=HEIGHT, size=LETTER)


@blueprint.app_template_filter()
def trend_summary(trend: Trend) -> str:
    """The chart in a sentence."""
    return summary(trend)


@blueprint.app_template_filter()
def trend_ground(trend: Trend) -> str:
    """What the grey behind the lines means."""
    return ground_words(trend)


@blueprint.app_template_filter()
def svg_points(points: tuple[tuple[float, float], ...]) -> str:
    """«12.5,40 80,33.1» for a polyline."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


@blueprint.app_template_global()
def trends_of(member: Member) -> list[Trend]:
    """What is looked at first of one person: blood pressure, glucose and weight of the last year. The page asks who may."""
    today = clock.today()
    found = list_trends(db.session, [member], on=today, since=_since(USUAL_PERIOD, today))
    return [trend for trend in found.get(member.id, {}).values() if len(trend.measured) > 1]


@blueprint.app_template_global()
def trend_card(household: Household) -> TrendCard | None:
    """The household's readings of the kind and period the address asks for; None when nothing was ever measured."""
    members, today = household.members, clock.today()
    kinds = list_measured_kinds(db.session, [member.id for member in members])
    if not kinds:
        return None
    kind, months = _asked_kind(kinds), _asked_months()
    found = list_trends(db.session, members, on=today, since=_since(months, today), kinds=[kind])
    trends = [(member, found[member.id][kind]) for member in members if kind in found.get(member.id, {})]
    return TrendCard(kind, months, kinds, trends, _body_masses(kind, members, today), is_alone=len(members) == 1)


def _body_masses(kind: VitalKind, members: list[Member], today: date) -> dict[int, BodyMass]:
    if kind is not VitalKind.WEIGHT:
        return {}
    last = last_readings(db.session, [member.id for member in members])
    return body_masses(db.session, last.values(), until=today)


def _asked_kind(kinds: list[VitalKind]) -> VitalKind:
    wanted = request.args.get("vital", "")
    return next((kind for kind in kinds if kind.value == wanted), kinds[0])


def _asked_months() -> int:
    wanted: Any = request.args.get("months", type=int)
    return wanted if wanted in PERIODS else USUAL_PERIOD


def _since(months: int, today: date) -> date | None:
    return today - timedelta(days=round(months * 30.44)) if months else None


@blueprint.app_context_processor
def periods() -> dict[str, Any]:
    """The periods a card offers."""
    return {"TREND_PERIODS": PERIODS}
