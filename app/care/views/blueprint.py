"""The blueprint of all pages of care, what their URLs load, and the words they use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.care import queries
from app.care.models import Medicine, Problem
from app.care.queries import omaha, rating_words
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import get_household, get_member

blueprint = Blueprint("care", __name__)
SPARK_WIDTH, SPARK_HEIGHT, EDGE = 96, 32, 4
"""A drawing's size in CSS pixels, and the room its ends need."""


def household_from_url(session: Session, identity: Identity, *, household_id: int, **_rest: Any) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def problem_from_url(session: Session, identity: Identity, *, household_id: int, problem_id: int) -> Problem:
    """The problem of the URL, or 404."""
    return queries.get_problem(session, identity, household_id, problem_id)


def household_of_member(session: Session, identity: Identity, *, household_id: int, member_id: int) -> Household:
    """The household of the URL, to which the member belongs, or 404: health is judged by the household."""
    return get_member(session, identity, household_id, member_id).household


def household_of_medicine(session: Session, identity: Identity, *, household_id: int, medicine_id: int) -> Household:
    """The household of the URL, to which the medicine belongs, or 404: health is judged by the household."""
    return queries.get_medicine(session, identity, household_id, medicine_id).member.household


def medicine_of(session: Session, identity: Identity, household: Household, medicine_id: int) -> Medicine:
    """A medicine that is taken now, or 404."""
    medicine = queries.get_medicine(session, identity, household.id, medicine_id)
    if medicine.ended_on is not None:
        raise NotFound
    return medicine


@blueprint.app_template_filter()
def spark_points(steps: Sequence[int]) -> list[tuple[float, float]]:
    """Where the steps of one scale lie in a drawing of 96 × 32: time runs to the right, better is higher."""
    apart = (SPARK_WIDTH - 2 * EDGE) / max(len(steps) - 1, 1)
    high = (SPARK_HEIGHT - 2 * EDGE) / 4
    return [
        (round(EDGE + at * apart, 1), round(SPARK_HEIGHT - EDGE - (step - 1) * high, 1))
        for at, step in enumerate(steps)
    ]


@blueprint.app_context_processor
def care_words() -> dict[str, Any]:
    """The scales as pages say them."""
    return {"omaha_scales": omaha().scales.values(), "rating_words": rating_words}
