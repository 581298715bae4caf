"""Set and end what holds for a household or a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.extensions import db
from app.follow_ups import queries, service
from app.follow_ups.forms import EndTermForm, TermForm
from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.queries.rule_changes import rows_in_force
from app.follow_ups.rules.descriptions import Confidence, confidence_of, rule_in_words
from app.follow_ups.views.blueprint import blueprint
from app.households.models import Household
from app.households.queries import get_household
from app.web.security import current_identity, requires

SETTABLE = frozenset(
    {"CASE_CHECK_COMPLEX", "CASE_CHECK_GENERAL", "AFTERCARE", "ISOLATION_HIGH", "ISOLATION_MID", "ISOLATION_LOW"}
)
"""Rules a person sets by hand; the others follow from what happens to a case."""


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


@blueprint.route("/households/<int:household_id>/terms", methods=["GET", "POST"])
@requires(Permission.SET_TERM, household_from_url, records=Action.VIEW)
def terms(household: Household) -> Any:
    """What holds for a household, and a form to let another rule hold."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    form = TermForm(data={"starts_on": today})
    in_force = queries.list_rules_in_force(db.session, district_id=identity.district_id, on=today)
    form.offer_rules([rule for rule in in_force if rule.code in SETTABLE])
    if form.validate_on_submit() and form.carries_out(
        lambda: service.set_term(
            db.session,
            household,
            service.TermDetails(form.code.data, form.starts_on.data, note=form.note.data),
            actor=identity,
            now=now,
        )
    ):
        flash("관리 기준을 정했습니다.", "ok")
        return redirect(url_for("follow_ups.terms", household_id=household.id))
    rows = queries.list_terms(db.session, household.id)
    standing = {due.term_id for due in queries.list_dues(db.session, household, today=today)}
    page = render_template(
        "follow_ups/terms.html", household=household, form=form, terms=rows, standing=standing, today=today,
        held=held_by(rows, identity.district_id, today=today),
    )  # fmt: skip
    return make_response(page, form.status)


@dataclass(frozen=True, slots=True)
class HeldRule:
    """By which version a term is judged today, and by which it was set, in the words of those who work by it."""

    rule_id: int
    asks: str
    version: str
    asked: str
    version_then: str
    confidence: Confidence
    source: str


def held_by(terms: Sequence[TermRow], district_id: int, *, today: date) -> dict[int, HeldRule]:
    """The rule behind each term, by the term's id."""
    in_force = rows_in_force(db.session, district_id, today=today)
    return {term.id: _held(term, in_force[term.rule.code]) for term in terms}


def _held(term: TermRow, row: RuleVersionRow) -> HeldRule:
    now, then = (rule_in_words(queries.engine_rule(each)).asks for each in (row, term.rule))
    return HeldRule(row.id, now, row.version, then, term.rule.version, confidence_of(row.confidence), row.source)


def term_from_url(session: Session, identity: Identity, *, household_id: int, term_id: int) -> TermRow:
    """A term of a visible household, or 404."""
    get_household(session, identity, household_id)
    term = session.get(TermRow, term_id) if term_id <= LARGEST_KEY else None
    if term is None or term.household_id != household_id:
        raise NotFound
    return term


@blueprint.route("/households/<int:household_id>/terms/<int:term_id>/end", methods=["GET", "POST"])
@requires(Permission.SET_TERM, term_from_url, records=Action.VIEW)
def end_term(term: TermRow) -> Any:
    """The last day of a term."""
    identity, now = current_identity(), clock.now()
    form = EndTermForm(data={"on": clock.korean_date(now)})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.end_term(db.session, term, on=form.on.data, because=form.because.data, actor=identity, now=now)
    ):
        flash("관리 기준을 끝냈습니다.", "ok")
        return redirect(url_for("follow_ups.terms", household_id=term.household_id))
    return make_response(render_template("follow_ups/end_term.html", term=term, form=form), form.status)
