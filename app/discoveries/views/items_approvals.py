"""결재: what the supervisor approves or sends back with words."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.discoveries import service
from app.discoveries.forms.items import SendBackForm
from app.discoveries.models import DiscoveryItem
from app.discoveries.queries.items import list_asked
from app.discoveries.queries.items_tries import counts, list_tries
from app.discoveries.rules.outcomes import tries_line
from app.discoveries.views.blueprint import blueprint
from app.discoveries.views.items import item_from_url
from app.extensions import db
from app.web.security import current_identity, requires

AT_ONCE = 30


@blueprint.get("/discoveries/approvals")
@requires(Permission.SEE_TRIAGE)
def approvals() -> Any:
    """Items that wait for a supervisor, the oldest request first, with everything that was tried."""
    return _page(SendBackForm(formdata=None))


def _page(form: SendBackForm, sent_back: DiscoveryItem | None = None) -> Any:
    """The list; at `sent_back` with what was typed there."""
    identity, now = current_identity(), clock.now()
    lines = list_asked(db.session, identity, today=clock.korean_date(now), limit=AT_ONCE)
    tried = {
        line.item.id: tries_line(
            [each.mode for each in list_tries(db.session, line.item) if _is_before(line.item, each)]
        )
        for line in lines
    }
    shown = [line.item.household_id for line in lines if line.item.household_id is not None]
    audit.record_list(db.session, Action.LIST, shown, subject="item-approvals", actor=identity, now=now)
    told = {"lines": lines, "tried": tried, "form": form, "sent_back": sent_back, "empty": SendBackForm(formdata=None)}
    return make_response(render_template("discoveries/approvals.html", **told), form.status)


def _is_before(item: DiscoveryItem, tried: Any) -> bool:
    """A request tells of what was tried until it was made."""
    return not counts(item, tried) or item.outcome_at is None


@blueprint.post("/discoveries/items/<int:item_id>/approve")
@requires(Permission.APPROVE_ITEM, item_from_url)
def approve_item(item: DiscoveryItem) -> Response:
    """«승인»."""
    form, identity, now = SendBackForm(), current_identity(), clock.now()
    if form.carries_out(lambda: service.approve(db.session, item, actor=identity, now=now)):
        flash("승인했습니다. 다시 확인할 날에 대기열로 돌아옵니다.", "ok")
    elif form.broken is not None:
        flash(form.broken.text, "danger")
    return redirect(url_for("discoveries.approvals"))


@blueprint.post("/discoveries/items/<int:item_id>/send-back")
@requires(Permission.APPROVE_ITEM, item_from_url, records=Action.VIEW)
def send_item_back(item: DiscoveryItem) -> Any:
    """«돌려보내기», with words."""
    form, identity, now = SendBackForm(), current_identity(), clock.now()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.send_back(db.session, item, form.because.data or "", actor=identity, now=now)
    ):
        flash("까닭과 함께 돌려보냈습니다.", "ok")
        return redirect(url_for("discoveries.approvals"))
    return _page(form, item)
