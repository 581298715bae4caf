"""The blueprint of all pages of households, what their URLs load, and what they share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.households.models import Household, Member, SafetyFlag
from app.households.queries import get_flag, get_household, get_member
from app.web.forms import KoreanForm

blueprint = Blueprint("households", __name__)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def member_from_url(session: Session, identity: Identity, *, household_id: int, member_id: int) -> Member:
    """The member of the URL, or 404."""
    return get_member(session, identity, household_id, member_id)


def flag_from_url(session: Session, identity: Identity, *, household_id: int, flag_id: int) -> SafetyFlag:
    """The safety flag of the URL, or 404."""
    return get_flag(session, identity, household_id, flag_id)


def page_with_form(template: str, form: KoreanForm, **context: Any) -> Response:
    """A page around a form: 422 when it comes back with errors."""
    return make_response(render_template(template, form=form, **context), form.status)


def done(text: str, endpoint: str, **url_values: Any) -> Response:
    """Say what was done and go on."""
    flash(text, "ok")
    return make_response(redirect(url_for(endpoint, **url_values)))
