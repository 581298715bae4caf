"""The minutes while they are written: kept from the first key, ordered by buttons, two writers shown to each other."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.access.permissions import Permission
from app.cases.queries import closure_reasons
from app.conferences import queries, service
from app.conferences.forms import MinutesForm, typed_of
from app.conferences.models import Conference
from app.conferences.views.blueprint import blueprint, conference_from_url, record_looks
from app.conferences.views.showing import told_of
from app.core import clock
from app.core.errors import RuleBroken, StaleRecord
from app.extensions import db
from app.web.security import current_identity, requires
from app.web.typed import json_sent, texts_by_name

LONGEST_BODY = 1000
"""Names in one draft; the fullest agenda has fewer."""
_ACT = re.compile(r"(up|down|remove)-(\d{1,9})")


@blueprint.route("/conferences/<int:conference_id>/minutes", methods=["GET", "POST"])
@requires(Permission.HOLD_CONFERENCE, conference_from_url)
def minutes(conference: Conference) -> Any:
    """Write the minutes; a button of an item puts it elsewhere and keeps what was typed."""
    if conference.confirmed_at is not None:
        flash("확정한 회의록은 바꾸지 않습니다.", "warn")
        return redirect(url_for("conferences.show", conference_id=conference.id))
    if request.method == "POST":
        act = _ACT.fullmatch(request.form.get("act", ""))
        return _acted(conference, act[1], int(act[2])) if act else _saved(conference)
    return _page(conference, _form(conference, _stored(conference)))


def _saved(conference: Conference) -> Any:
    form = _form(conference, _sent())
    if form.validate() and form.carries_out(lambda: _keep(conference, form)):
        flash("회의록을 저장했습니다.", "ok")
        return redirect(url_for("conferences.show", conference_id=conference.id))
    return _page(conference, form)


def _acted(conference: Conference, act: str, item_id: int) -> Any:
    """The same page with the item put as asked; what was typed is kept first."""
    form = _form(conference, _sent())
    if not form.carries_out(lambda: _put(conference, form, act, item_id)):
        return _page(conference, form)
    return _page(conference, _form(conference, _stored(conference)), focus=(act, item_id))


def _put(conference: Conference, form: MinutesForm, act: str, item_id: int) -> None:
    identity, now = current_identity(), clock.now()
    _keep(conference, form)
    if act == "remove":
        service.remove_item(db.session, conference, item_id, actor=identity, now=now)
    else:
        step = -1 if act == "up" else 1
        service.move_item(db.session, conference, item_id, step, actor=identity, now=now)


def _keep(conference: Conference, form: MinutesForm) -> None:
    draft = form.to_draft(conference)
    service.keep_minutes(
        db.session, conference, draft, version=form.opened_version, actor=current_identity(), now=clock.now()
    )


@blueprint.put("/conferences/<int:conference_id>/draft")
@requires(Permission.HOLD_CONFERENCE, conference_from_url)
def keep_typed(conference: Conference) -> Response:
    """Keep what has been typed; 409 with the stored text when somebody else saved in between."""
    given = json_sent()
    typed = texts_by_name(given.get("body"), most=LONGEST_BODY) if isinstance(given, dict) else None
    if typed is None or given is None:
        return make_response(jsonify(code="UNREADABLE", text="임시 저장할 글을 알아볼 수 없습니다."), 422)
    form = _form(conference, typed | {"version": [str(given.get("version"))]})
    try:
        with db.session.begin_nested():
            _keep(conference, form)
    except StaleRecord:
        stored = _stored(conference)
        body = {name: values if name == "staff" else "".join(values[:1]) for name, values in stored.items()}
        body.pop("version")
        return make_response(jsonify(version=conference.version, body=body), 409)
    except RuleBroken as broken:
        return make_response(jsonify(code=broken.code, text=broken.text), 422)
    return jsonify(version=conference.version, saved_at=clock.now().isoformat())


def _form(conference: Conference, typed: dict[str, list[str]]) -> MinutesForm:
    values: MultiDict[str, str] = MultiDict((name, value) for name, given in typed.items() for value in given)
    form = MinutesForm(formdata=values)
    also = [each["account_id"] for each in conference.attendees if each["account_id"]]
    centre = conference.centre
    form.offer_staff(queries.list_staff(db.session, centre_id=centre.id, district_id=centre.district_id, also=also))
    reasons = closure_reasons(db.session, centre.district_id, on=conference.held_on).offered
    form.with_items(values, queries.shown_items(current_identity(), conference), reasons)
    return form


def _stored(conference: Conference) -> dict[str, list[str]]:
    """What a page would send that shows the minutes as they are kept, and the cases as they stand now."""
    items = queries.shown_items(current_identity(), conference)
    marks = queries.marks_of(db.session, [item.case for item in items])
    by_item = {item.id: marks[item.case_id] for item in items}
    return typed_of(service.draft_of(conference, items), version=conference.version, marks=by_item)


def _page(conference: Conference, form: MinutesForm, *, focus: tuple[str, int] | None = None) -> Response:
    form.stand_on(conference.version)
    told = told_of(conference) | {"form": form, "focus": focus}
    page = render_template("conferences/minutes.html", **told)
    record_looks(conference, queries.shown_items(current_identity(), conference))
    return make_response(page, form.status)


def _sent() -> dict[str, list[str]]:
    return request.form.to_dict(flat=False)
