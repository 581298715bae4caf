"""달력 구독: make a feed, take it away, and the address a calendar asks without signing in."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from sqlalchemy.orm import Session
from werkzeug.routing import BaseConverter

from app.access.identity import Identity
from app.access.permissions import Permission
from app.calendars.forms.feed import FeedForm
from app.calendars.models import CalendarFeed
from app.calendars.queries import feed as queries
from app.calendars.rules.feed import MISSES_A_MINUTE, MOST_FEEDS, SOONEST_AGAIN
from app.calendars.rules.feed_limits import MissCounter
from app.calendars.service import feed as service
from app.calendars.service.feed_document import draw_feed
from app.calendars.views.blueprint import blueprint
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, origin_of_request, public, requires

MISSES = MissCounter(MISSES_A_MINUTE)
NOTHING = "없는 주소입니다.\n"
WAIT = "잠시 뒤에 다시 해 주세요.\n"
PLAIN, CALENDAR = "text/plain; charset=utf-8", "text/calendar; charset=utf-8"


class TokenConverter(BaseConverter):
    """Thirty-two bytes as `secrets.token_urlsafe` writes them; anything else is no address of ours."""

    regex = "[A-Za-z0-9_-]{43}"


@blueprint.record_once
def _teach_tokens(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["token"] = TokenConverter


@blueprint.route("/calendar/feeds", methods=["GET", "POST"])
@requires(Permission.KEEP_FEED)
def feeds() -> Any:
    """One's own feeds; a new one's address is on the page that answers, and nowhere afterwards."""
    identity, now = current_identity(), clock.now()
    form, address = FeedForm(), ""
    if form.validate_on_submit() and form.carries_out(
        lambda: service.open_feed(db.session, form.device.data or "", actor=identity, now=now)
    ):
        _made, token = form.outcome
        address = url_for("calendars.read_feed", token=token, _external=True)
        form = FeedForm(formdata=None)
    page = render_template(
        "calendars/feeds.html",
        form=form,
        feeds=queries.list_feeds(db.session, identity),
        address=address,
        most=MOST_FEEDS,
    )
    return make_response(page, form.status)


def feed_from_url(session: Session, identity: Identity, *, feed_id: int) -> CalendarFeed:
    """One of one's own feeds, or 404."""
    return queries.get_feed(session, identity, feed_id)


@blueprint.post("/calendar/feeds/<int:feed_id>/revoke")
@requires(Permission.KEEP_FEED, feed_from_url)
def revoke_feed(feed: CalendarFeed) -> Any:
    """From this moment on the address leads nowhere."""
    if service.revoke_feed(db.session, feed, actor=current_identity(), now=clock.now()):
        flash(f"«{feed.device}» 구독을 끊었습니다. 그 주소는 이제 열리지 않습니다.", "ok")
    return redirect(url_for("calendars.feeds"))


@blueprint.get("/calendar/feed/<token:token>.ics")
@public
def read_feed(token: str) -> Response:
    """The calendar behind a token. Unknown, revoked and barred answer alike."""
    origin, now = origin_of_request(), clock.now()
    if MISSES.is_full(origin.address, now):
        return _wait(60)
    try:
        reading = service.read_feed(db.session, token, origin=origin, now=now)
    except service.AskedTooSoon:
        return _wait(int(SOONEST_AGAIN.total_seconds()))
    if reading is None:
        MISSES.note(origin.address, now)
        return _plain(NOTHING, 404)
    if request.if_none_match.contains_weak(reading.feed.tag):
        return _tagged(make_response("", 304), reading.feed.tag)
    service.record_reading(db.session, reading, now=now)
    answer = make_response(draw_feed(reading.feed, now=now))
    answer.headers["Content-Type"] = CALENDAR
    answer.headers["Content-Disposition"] = 'inline; filename="visits.ics"'
    return _tagged(answer, reading.feed.tag)


def _tagged(answer: Response, tag: str) -> Response:
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _wait(seconds: int) -> Response:
    answer = _plain(WAIT, 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _plain(text: str, status: int) -> Response:
    answer = make_response(text, status)
    answer.headers["Content-Type"] = PLAIN
    answer.headers["Cache-Control"] = "no-store"
    return answer
