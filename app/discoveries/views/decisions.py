"""확인할 사람: both sides of a row side by side, and what a person decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.keys import key_typed
from app.discoveries import queries, service
from app.discoveries.forms import DecisionForm
from app.discoveries.models import ListRow
from app.discoveries.queries import Said
from app.discoveries.views.blueprint import blueprint, row_from_url
from app.discoveries.views.lines import RowLine, line_of
from app.extensions import db
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires, safe_next

AT_ONCE = 10


@blueprint.get("/discoveries/held")
@requires(Permission.DECIDE_MATCH)
def held() -> Any:
    """Rows that wait for a decision, of one list or of all; those put aside come last."""
    identity, now = current_identity(), clock.now()
    list_id, after = asked_key("list_id"), _after()
    found = queries.list_held(db.session, identity, list_id=list_id, after=after, limit=AT_ONCE)
    rows = [line_of(row, today=clock.korean_date(now)) for row in found[:AT_ONCE]]
    page = Page(rows, _key(rows[-1].row) if len(found) > AT_ONCE else None, after is None)
    decided = queries.list_decided_by(db.session, identity)
    earlier = queries.list_earlier_decisions(db.session, identity, found[:AT_ONCE])
    _record(rows, earlier, identity, now)
    return render_template("discoveries/held.html", page=page, list_id=list_id, decided=decided, earlier=earlier)


def _after() -> tuple[bool, int] | None:
    """The key of the last row of the page before: «0-17», or «1-17» once rows that were put aside are reached."""
    aside, _, key = request.args.get("after", "").partition("-")
    return (aside == "1", key_typed(key)) if key_typed(key) else None


def _key(row: ListRow) -> str:
    return f"{int(row.decided_at is not None)}-{row.id}"


def _record(rows: list[RowLine], earlier: dict[int, list[Said]], identity: Identity, now: datetime) -> None:
    compared = [candidate.household_id for line in rows for candidate in line.row.candidates]
    told = [each.household.id for said in earlier.values() for each in said]
    seen = list(dict.fromkeys((*compared, *told)))
    audit.record_list(db.session, Action.LIST, seen, subject="held-rows", actor=identity, now=now)


@blueprint.post("/discoveries/rows/<int:row_id>/link")
@requires(Permission.DECIDE_MATCH, row_from_url)
def link(row: ListRow) -> Response:
    """«같은 사람입니다»."""
    return _decided(service.link, row, "같은 사람으로 연결했습니다. 가구의 내용은 그대로입니다.")


@blueprint.post("/discoveries/rows/<int:row_id>/link-as-member")
@requires(Permission.DECIDE_MATCH, row_from_url)
def link_as_member(row: ListRow) -> Response:
    """«같은 가구의 다른 사람입니다»."""
    return _decided(service.link_as_member, row, "가구원으로 더하고 연결했습니다.")


@blueprint.post("/discoveries/rows/<int:row_id>/as-new")
@requires(Permission.DECIDE_MATCH, row_from_url)
def as_new(row: ListRow) -> Response:
    """«새 가구입니다»."""
    return _decided(service.as_new, row, "새 가구로 등록했습니다. 다음 명단부터는 다시 묻지 않습니다.", among=False)


@blueprint.post("/discoveries/rows/<int:row_id>/hold")
@requires(Permission.DECIDE_MATCH, row_from_url)
def hold(row: ListRow) -> Response:
    """«보류»."""
    return _decided(service.hold, row, "보류했습니다. 목록의 끝에 남아 있습니다.", among=False)


@blueprint.post("/discoveries/rows/<int:row_id>/unlink")
@requires(Permission.DECIDE_MATCH, row_from_url)
def unlink(row: ListRow) -> Response:
    """Take a decision back."""
    return _decided(service.unlink, row, "되돌렸습니다. 확인할 사람에 다시 있습니다.", among=False)


def _decided(verb: Callable[..., Any], row: ListRow, words: str, *, among: bool = True) -> Response:
    """Carry a verb out and go back to where the button stood."""
    form, identity, now = DecisionForm(), current_identity(), clock.now()
    chosen = (form.household_id.data or 0,) if among else ()
    if form.carries_out(lambda: verb(db.session, row, *chosen, actor=identity, now=now)):
        flash(words + _closed_hint(row), "ok")
    elif form.broken is not None:
        flash(form.broken.text, "danger")
    return redirect(safe_next(request.form.get("next")) or url_for("discoveries.held"))


def _closed_hint(row: ListRow) -> str:
    is_closed = row.household is not None and not row.household.is_active
    return " 종료한 가구입니다. 다시 관리하려면 가구 화면에서 «다시 관리하기»를 눌러 주세요." if is_closed else ""
