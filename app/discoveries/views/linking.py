"""Whom an item without a list is about: search the households, make a new one, take the link back, hand the item on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.models import Centre
from app.accounts.queries import list_centres_of_district
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.discoveries import service
from app.discoveries.forms.entry import FoundHouseholdForm, HandOverForm
from app.discoveries.forms.items import LinkItemForm
from app.discoveries.models import DiscoveryItem
from app.discoveries.queries.neighbours import report_of
from app.discoveries.rules import ItemState
from app.discoveries.service.linking import hand_over, unlink_item
from app.discoveries.views.blueprint import blueprint
from app.discoveries.views.items import item_from_url
from app.extensions import db
from app.households import queries as households
from app.households.forms import SearchForm
from app.households.models import Household
from app.households.rules import parse_search
from app.households.service import create_household
from app.web.security import current_identity, requires

MOST_FOUND = 20


def _is_linkable(item: DiscoveryItem, identity: Identity) -> bool:
    is_own = item.claimed_by_id == identity.account_id and item.state is ItemState.CLAIMED
    return is_own and item.household_id is None and item.list_row_id is None


def _to_item(item: DiscoveryItem) -> Response:
    return redirect(url_for("discoveries.show_item", item_id=item.id))


@blueprint.route("/discoveries/items/<int:item_id>/search", methods=["GET", "POST"])
@requires(Permission.WORK_ITEM, item_from_url, records=Action.VIEW)
def search_for_item(item: DiscoveryItem) -> Any:
    """Find the household an item is about; what is typed travels in no address."""
    identity, form = current_identity(), SearchForm()
    if not _is_linkable(item, identity):
        return _to_item(item)
    sent = form.validate_on_submit()
    wanted = parse_search(form.query.data or "")
    found = households.search(db.session, identity, wanted, limit=MOST_FOUND) if sent else []
    page = render_template(
        "discoveries/neighbour_search.html", item=item, report=report_of(db.session, item.id), form=form, sent=sent,
        found=households.lines_of(found, today=clock.today()),
    )  # fmt: skip
    if found:
        _record(found, identity)
    return make_response(page, form.status)


@blueprint.route("/discoveries/items/<int:item_id>/new-household", methods=["GET", "POST"])
@requires(Permission.WORK_ITEM, item_from_url, records=Action.VIEW)
def new_household_for_item(item: DiscoveryItem) -> Any:
    """A new household for an item, unless it is on record; then the item is linked to it at once."""
    identity, now, report = current_identity(), clock.now(), report_of(db.session, item.id)
    if not _is_linkable(item, identity):
        return _to_item(item)
    form = FoundHouseholdForm(data={"road_address": report.place if report else ""})
    similar: list[Household] = []
    if form.validate_on_submit():
        similar = households.find_similar(db.session, frozenset({item.centre_id}), form.to_details(item.centre_id))
        if form.has_confirmed(similar) and form.carries_out(lambda: _made(form, item, identity, now)):
            flash(f"{form.outcome.number} 가구를 등록하고 연결했습니다.", "ok")
            return _to_item(item)
    page = render_template(
        "discoveries/neighbour_household.html", item=item, report=report, form=form, linking=LinkItemForm(formdata=None),
        similar=similar,
    )  # fmt: skip
    if similar:
        _record(similar, identity)
    return make_response(page, 422 if similar else form.status)


def _made(form: FoundHouseholdForm, item: DiscoveryItem, identity: Identity, now: datetime) -> Household:
    household = create_household(db.session, form.to_details(item.centre_id), actor=identity, now=now)
    service.link_item(db.session, item, household, actor=identity, now=now)
    return household


def _record(found: Any, identity: Identity) -> None:
    shown = [household.id for household in found]
    audit.record_list(db.session, Action.SEARCH, shown, subject="item", actor=identity, now=clock.now())


@blueprint.post("/discoveries/items/<int:item_id>/unlink")
@requires(Permission.WORK_ITEM, item_from_url)
def unlink_item_household(item: DiscoveryItem) -> Response:
    """Take a link back."""
    form = LinkItemForm()
    done = form.carries_out(lambda: unlink_item(db.session, item, actor=current_identity(), now=clock.now()))
    if form.broken is not None:
        flash(form.broken.text, "danger")
    elif done:
        flash("연결을 되돌렸습니다. 적은 시도는 이 건에만 남았습니다.", "ok")
    return _to_item(item)


@blueprint.route("/discoveries/items/<int:item_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.WORK_ITEM, item_from_url, records=Action.VIEW)
def hand_item_over(item: DiscoveryItem) -> Any:
    """Give an item to the centre it belongs to."""
    identity, form = current_identity(), HandOverForm()
    if item.household_id is not None or item.list_row_id is not None or item.state is ItemState.CLOSED:
        return _to_item(item)
    others = [each for each in list_centres_of_district(db.session, identity.district_id) if each.id != item.centre_id]
    form.offer(others)
    if form.validate_on_submit() and form.carries_out(lambda: _handed(form, item, identity)):
        flash("다른 센터로 넘겼습니다. 그 센터의 대기열에 나옵니다.", "ok")
        return redirect(url_for("discoveries.queue"))
    page = render_template(
        "discoveries/hand_over.html", item=item, report=report_of(db.session, item.id), form=form
    )  # fmt: skip
    return make_response(page, form.status)


def _handed(form: HandOverForm, item: DiscoveryItem, identity: Identity) -> None:
    centre = db.session.get_one(Centre, int(form.centre_id.data))
    hand_over(db.session, item, centre, actor=identity, now=clock.now())
