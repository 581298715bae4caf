"""A new household. Those it may be a second copy of are shown first, and a person says that it is none of them."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.queries import list_centres
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.households import queries, service
from app.households.forms import CreateForm, SearchForm
from app.households.models import Household
from app.households.views.blueprint import blueprint, done
from app.households.views.sides import sides_of
from app.web.security import current_identity, requires


@blueprint.route("/households/new", methods=["GET", "POST"])
@requires(Permission.CREATE_HOUSEHOLD)
def create_household() -> Any:
    """Search before create: the box stands above the form, and the form looks for similar ones by itself."""
    identity, form = current_identity(), CreateForm()
    form.offer_centres(list_centres(db.session, identity))
    similar: list[Household] = []
    if form.validate_on_submit():
        similar = queries.find_similar(db.session, identity.centre_ids, form.to_details())
        if form.has_confirmed(similar) and form.carries_out(
            lambda: service.create_household(db.session, form.to_details(), actor=identity, now=clock.now())
        ):
            created = form.outcome
            text = f"{created.number} 가구를 등록했습니다. 가구원과 담당을 이어서 정해 주세요."
            return done(text, "timelines.household", household_id=created.id)
    return _page(form, similar, identity)


def _page(form: CreateForm, similar: list[Household], identity: Identity) -> Any:
    sides = sides_of(form.to_details(), similar) if similar else []
    page = render_template("households/create.html", form=form, search=SearchForm(formdata=None), sides=sides)
    if similar:
        shown = [household.id for household in similar]
        audit.record_list(db.session, Action.SEARCH, shown, subject="similar", actor=identity, now=clock.now())
    return make_response(page, 422 if similar else form.status)
