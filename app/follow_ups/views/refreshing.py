"""The page that shows how a change reaches every household it touches: rules, the ladder and holidays end here."""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.access.permissions import Permission
from app.core import clock
from app.core.keys import LARGEST_KEY
from app.extensions import db
from app.follow_ups import queries, service
from app.follow_ups.views.blueprint import blueprint
from app.web.security import current_identity, requires, safe_next

HOUSEHOLDS_AT_ONCE = 100
"""Few enough that the bar moves, and that nobody else waits long for the database."""


def watch_refreshing(back_url: str) -> BaseResponse:
    """Lead to the progress page; `back_url` is where it leads on to."""
    return redirect(url_for("follow_ups.refreshing", next=back_url))


@blueprint.get("/follow-ups/refreshing")
@requires(Permission.CHANGE_RULES)
def refreshing() -> Any:
    """How many households still wait for their dates to be counted anew."""
    left = _left()
    total = max(left, _total())
    again_url = url_for("follow_ups.refresh_more", total=total, next=_back_url())
    return render_template(
        "follow_ups/refreshing.html", left=left, total=total, back_url=_back_url(), again_url=again_url
    )


@blueprint.post("/follow-ups/refreshing")
@requires(Permission.CHANGE_RULES)
def refresh_more() -> Any:
    """Count some households anew: for the page's script in JSON, for its button by going back to the page."""
    identity = current_identity()
    service.refresh_batch(db.session, district_id=identity.district_id, today=clock.today(), most=HOUSEHOLDS_AT_ONCE)
    if _is_script():
        return jsonify(left=_left())
    return redirect(url_for("follow_ups.refreshing", total=_total(), next=_back_url()))


def _left() -> int:
    return queries.count_stale(db.session, district_id=current_identity().district_id, today=clock.today())


def _total() -> int:
    """How many there were when the page was first opened; what stands in an address is anybody's word."""
    return max(0, min(request.args.get("total", 0, type=int), LARGEST_KEY))


def _back_url() -> str:
    return safe_next(request.args.get("next")) or url_for("follow_ups.rules")


def _is_script() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
