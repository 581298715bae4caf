"""The queue and one item of it: claim, try, finish, take back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.queries import list_centres
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound, RuleBroken
from app.discoveries import service
from app.discoveries.forms.items import LinkItemForm, OutcomeForm, TryForm
from app.discoveries.models import DiscoveryItem
from app.discoveries.queries.codes import codes_to_choose
from app.discoveries.queries.items import QueueLine, earlier_of, get_item, line_of_item, list_item_rounds
from app.discoveries.queries.items_queue import QueueFilter, count_asked, count_states, list_queue
from app.discoveries.queries.items_tries import counts, list_tries
from app.discoveries.queries.neighbours import reads_reporter, report_of
from app.discoveries.rules import ItemOutcome, ItemState
from app.discoveries.rules.items import may_undo
from app.discoveries.rules.outcomes import OUTCOME_RULES, tries_line, what_it_needs
from app.discoveries.views.blueprint import blueprint
from app.extensions import db
from app.households.queries import find_by_number
from app.households.rules import age_on
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires, safe_next

AT_ONCE = 20
EVERY = "ALL"


def item_from_url(session: Session, identity: Identity, *, item_id: int) -> DiscoveryItem:
    """The item of the URL, or 404."""
    return get_item(session, identity, item_id)


@blueprint.get("/discoveries/queue")
@requires(Permission.SEE_TRIAGE)
def queue() -> Any:
    """Who is to be found next: the most urgent first, with the reasons."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    centres = list_centres(db.session, identity) if len(identity.centre_ids) > 1 else []
    wanted, after = _wanted([centre.id for centre in centres] or list(identity.centre_ids)), _after()
    found = list_queue(db.session, identity, wanted, today=today, after=after, limit=AT_ONCE)
    lines = found[:AT_ONCE]
    page = Page(lines, _key(lines[-1]) if len(found) > AT_ONCE else None, after is None)
    _record_list(lines, "queue", identity, now)
    by_state = count_states(db.session, identity, wanted)
    is_whole = not centres and wanted == QueueFilter(wanted.state, wanted.centre_id)
    return render_template(
        "discoveries/queue.html", page=page, wanted=wanted, states=list(ItemState), every=EVERY,
        counts=by_state, asked=by_state[ItemState.ASKED] if is_whole else count_asked(db.session, identity),
        rounds=list_item_rounds(db.session, identity), centres=centres,
        crises=codes_to_choose(db.session, today, district_id=identity.district_id),
    )  # fmt: skip


def _wanted(centre_ids: list[int]) -> QueueFilter:
    """The filter of the address. Of several centres one is shown at a time: their queues are worked apart."""
    asked, centre = request.args.get("state", ItemState.OPEN.value), asked_key("centre_id")
    state = None if asked == EVERY else ItemState(asked) if asked in set(ItemState) else ItemState.OPEN
    chosen = centre if centre in centre_ids else centre_ids[0] if centre_ids else None
    is_mine = request.args.get("mine") == "1"
    return QueueFilter(state, chosen, asked_key("round_id"), request.args.get("crisis", "")[:40], is_mine)


def _after() -> tuple[int, int] | None:
    """The key of the last item of the page before: «35-17»."""
    score, _, key = request.args.get("after", "").partition("-")
    fits = score.isdecimal() and key.isdecimal() and max(len(score), len(key)) < 10
    return (int(score), int(key)) if fits else None


def _key(line: QueueLine) -> str:
    return f"{line.item.score}-{line.item.id}"


def _record_list(lines: list[QueueLine], subject: str, identity: Identity, now: datetime) -> None:
    shown = [line.item.household_id for line in lines if line.item.household_id is not None]
    audit.record_list(db.session, Action.LIST, shown, subject=subject, actor=identity, now=now)


@blueprint.get("/discoveries/items/<int:item_id>")
@requires(Permission.SEE_TRIAGE, item_from_url, records=Action.VIEW)
def show_item(item: DiscoveryItem) -> Any:
    """One item: who, why, what was tried, what became of it."""
    return _item_page(item, clock.now())


@blueprint.post("/discoveries/items/<int:item_id>/claim")
@requires(Permission.WORK_ITEM, item_from_url)
def claim_item(item: DiscoveryItem) -> Response:
    """«맡기»."""
    return _moved(service.claim, item, "맡았습니다. 이 건은 이제 다른 사람이 손대지 않습니다.", stays=True)


@blueprint.post("/discoveries/items/<int:item_id>/release")
@requires(Permission.WORK_ITEM, item_from_url)
def release_item(item: DiscoveryItem) -> Response:
    """«내려놓기»."""
    return _moved(service.release, item, "내려놓았습니다. 적은 시도는 그대로 있습니다.")


@blueprint.post("/discoveries/items/<int:item_id>/take-over")
@requires(Permission.APPROVE_ITEM, item_from_url)
def take_item_over(item: DiscoveryItem) -> Response:
    """«넘겨받기», for a supervisor."""
    return _moved(service.take_over, item, "넘겨받았습니다.", stays=True)


@blueprint.post("/discoveries/items/<int:item_id>/undo")
@requires(Permission.WORK_ITEM, item_from_url)
def undo_item(item: DiscoveryItem) -> Response:
    """Take a closing of today back."""
    return _moved(service.undo, item, "되돌렸습니다. 처리 중으로 돌아왔습니다.", stays=True)


@blueprint.post("/discoveries/items/<int:item_id>/tries")
@requires(Permission.WORK_ITEM, item_from_url, records=Action.VIEW)
def add_try(item: DiscoveryItem) -> Any:
    """Write one try to reach somebody."""
    form, identity, now = TryForm(), current_identity(), clock.now()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.record_try(db.session, item, form.to_details(), actor=identity, now=now)
    ):
        flash("시도를 적었습니다." + (" 가구의 접촉으로도 남았습니다." if item.household_id else ""), "ok")
        return redirect(url_for("discoveries.show_item", item_id=item.id, _anchor="tries"))
    return _item_page(item, now, trying=form)


@blueprint.post("/discoveries/items/<int:item_id>/outcome")
@requires(Permission.WORK_ITEM, item_from_url, records=Action.VIEW)
def finish_item(item: DiscoveryItem) -> Any:
    """Write what became of somebody."""
    form, identity, now = OutcomeForm(), current_identity(), clock.now()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.close_item(db.session, item, form.to_closing(), actor=identity, now=now)
    ):
        asked = item.state is ItemState.ASKED
        flash("팀장에게 결재를 올렸습니다." if asked else "결과를 적었습니다. 오늘 안에는 되돌릴 수 있습니다.", "ok")
        return redirect(url_for("discoveries.show_item", item_id=item.id))
    return _item_page(item, now, finishing=form)


@blueprint.post("/discoveries/items/<int:item_id>/household")
@requires(Permission.WORK_ITEM, item_from_url, records=Action.VIEW)
def link_item_household(item: DiscoveryItem) -> Any:
    """Say which household an item is about."""
    form, identity, now = LinkItemForm(), current_identity(), clock.now()
    if form.validate_on_submit() and form.carries_out(lambda: _link(item, form.number.data or "", identity, now)):
        flash("가구와 연결했습니다. 적은 시도는 그 가구의 접촉이 되었습니다.", "ok")
        return redirect(url_for("discoveries.show_item", item_id=item.id))
    return _item_page(item, now, linking=form)


def _link(item: DiscoveryItem, number: str, identity: Identity, now: datetime) -> None:
    try:
        household = find_by_number(db.session, identity, number.strip())
    except NotFound:
        raise RuleBroken("NO_HOUSEHOLD", "이 번호의 가구가 없습니다.", field="number") from None
    service.link_item(db.session, item, household, actor=identity, now=now)


def _moved(verb: Callable[..., Any], item: DiscoveryItem, words: str, *, stays: bool = False) -> Response:
    """Carry a verb out; on to the item, or back to where the button stood."""
    form, identity, now = LinkItemForm(), current_identity(), clock.now()
    if form.carries_out(lambda: verb(db.session, item, actor=identity, now=now)):
        flash(words, "ok")
        here = url_for("discoveries.show_item", item_id=item.id) if stays else None
        return redirect(here or safe_next(request.form.get("next")) or url_for("discoveries.queue"))
    if form.broken is not None:
        flash(form.broken.text, "danger")
    return redirect(safe_next(request.form.get("next")) or url_for("discoveries.show_item", item_id=item.id))


def _item_page(
    item: DiscoveryItem, now: datetime, *, trying: TryForm | None = None, finishing: OutcomeForm | None = None,
    linking: LinkItemForm | None = None,
) -> Any:  # fmt: skip
    identity, today = current_identity(), clock.korean_date(now)
    line = line_of_item(db.session, identity, item, today=today)
    tries = list_tries(db.session, item)
    person, typed = line.person, trying or finishing or linking
    report = report_of(db.session, item.id)
    page = render_template(
        "discoveries/item.html", report=report, reads_reporter=reads_reporter(identity, item), line=line, item=item, today=today, tries=tries, told=tries_line(_counted(item, tries)),
        earlier=earlier_of(db.session, identity, item), age=age_on(today, birth_on=person.birth_on) if person else None,
        trying=trying or TryForm.beginning(now), finishing=finishing or _begun(item),
        linking=linking or LinkItemForm(formdata=None), needs=[(each, what_it_needs(each)) for each in ItemOutcome],
        rule=OUTCOME_RULES.get(item.outcome) if item.outcome else None, is_mine=item.claimed_by_id == identity.account_id,
        may_undo=may_undo(item.outcome_at, now=now) and item.outcome is not ItemOutcome.CASE,
    )  # fmt: skip
    return make_response(page, typed.status if typed else 200)


def _counted(item: DiscoveryItem, tries: list[Any]) -> list[Any]:
    return [each.mode for each in tries if counts(item, each)]


def _begun(item: DiscoveryItem) -> OutcomeForm:
    """The form as it begins: with what was sent back, where something was."""
    was_sent_back = bool(item.sent_back_because)
    begun = {"outcome": item.outcome.value if item.outcome else "", "note": item.outcome_note} if was_sent_back else {}
    return OutcomeForm(formdata=None, data={"version": str(item.version), **begun})
