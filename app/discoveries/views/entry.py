"""«직접 등록»: somebody who came to be known by another way than a list."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.queries import list_centres
from app.core import clock
from app.core.errors import NotFound, RuleBroken
from app.discoveries.forms.entry import EntryForm
from app.discoveries.models import DiscoveryItem
from app.discoveries.service.entry import enter_item
from app.discoveries.views.blueprint import blueprint
from app.extensions import db
from app.households.models import Household
from app.households.queries import find_by_number, get_household
from app.web.paging import asked_key
from app.web.security import current_identity, requires


@blueprint.route("/discoveries/items/new", methods=["GET", "POST"])
@requires(Permission.CREATE_HOUSEHOLD)
def enter() -> Any:
    """Enter somebody by hand; from a household's page its number stands there already."""
    identity, form = current_identity(), EntryForm(data=_beginning())
    form.offer(list_centres(db.session, identity))
    if form.validate_on_submit() and form.carries_out(lambda: _entered(form, identity)):
        flash("발굴 대상으로 등록했습니다.", "ok")
        return redirect(url_for("discoveries.show_item", item_id=form.outcome.id))
    return make_response(render_template("discoveries/enter.html", form=form), form.status)


def _beginning() -> dict[str, Any]:
    asked = asked_key("household_id")
    begun: dict[str, Any] = {"received_on": clock.today()}
    if asked is not None:
        begun["number"] = get_household(db.session, current_identity(), asked).number
    return begun


def _entered(form: EntryForm, identity: Identity) -> DiscoveryItem:
    return enter_item(db.session, form.to_details(_household(form, identity)), actor=identity, now=clock.now())


def _household(form: EntryForm, identity: Identity) -> Household | None:
    number = (form.number.data or "").strip()
    if not number:
        return None
    try:
        return find_by_number(db.session, identity, number)
    except NotFound:
        raise RuleBroken("NO_HOUSEHOLD", "이 번호의 가구가 없습니다. 모르면 비워 두세요.", field="number") from None
