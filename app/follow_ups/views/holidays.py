"""휴무일: the days off of a year to read, and for the officer of the 시군구 to change, each change previewed first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound, RuleBroken
from app.core.working_days import MissingHolidayYear
from app.extensions import db
from app.follow_ups.forms.holidays import AddDayForm, DayForm, TakeDayForm, UndoForm
from app.follow_ups.queries.holidays import list_takeable, name_of, preview_days, read_year
from app.follow_ups.queries.judging import PLANNING_YEARS
from app.follow_ups.queries.previews import Preview
from app.follow_ups.rules.holiday_changes import DayChange, DayVerb, spoken_day, weekend_remark
from app.follow_ups.service.holidays import DaysChanged, change_day, check_day
from app.follow_ups.views.blueprint import blueprint
from app.follow_ups.views.refreshing import watch_refreshing
from app.web.security import current_identity, requires

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years an address may ask for; whether anything is known of them is another matter."""


@blueprint.get("/holidays")
@requires(Permission.SEE_RULES)
def holidays() -> Any:
    """The days off of one year."""
    today, identity = clock.today(), current_identity()
    wanted = request.args.get("year", today.year, type=int)
    year = wanted if FIRST_YEAR <= wanted <= LAST_YEAR else today.year
    try:
        shown = read_year(db.session, identity.district_id, year)
    except MissingHolidayYear:
        shown = None
    missing = [each for each in (today.year, today.year + 1) if each not in PLANNING_YEARS and each != year]
    return render_template("follow_ups/holidays.html", year=year, shown=shown, missing=missing, known=PLANNING_YEARS)


@blueprint.route("/holidays/add", methods=["GET", "POST"])
@requires(Permission.KEEP_HOLIDAYS)
def add_holiday() -> Any:
    """A day off that the public list does not have: typed, then previewed, then added."""
    return _typed_change(AddDayForm())


@blueprint.route("/holidays/work", methods=["GET", "POST"])
@requires(Permission.KEEP_HOLIDAYS)
def work_on_holiday() -> Any:
    """A public holiday on which the agency works: chosen, then previewed, then taken away."""
    form = TakeDayForm()
    form.offer(list_takeable(db.session, current_identity().district_id, today=clock.today()))
    return _typed_change(form)


def _typed_change(form: DayForm) -> Response:
    """The form, the preview of what it says, or the end."""
    step = request.form.get("step")
    if step != "edit" and form.validate_on_submit():
        change = form.change()
        if step == "apply" and form.carries_out(lambda: _carry_out(change)):
            return lead_on(form.outcome)
        if step != "apply" and form.carries_out(lambda: _look_ahead(change)):
            return _preview_page(change, form.outcome, form.typed())
    verb = DayVerb.TAKE if isinstance(form, TakeDayForm) else DayVerb.ADD
    page = render_template("follow_ups/holiday_form.html", form=form, verb=verb, back_url=year_url(clock.today()))
    return make_response(page, form.status)


@blueprint.route("/holidays/undo", methods=["GET", "POST"])
@requires(Permission.KEEP_HOLIDAYS)
def undo_holiday() -> Any:
    """Put a day back as the public list has it; `on` in the address says which."""
    change, form = DayChange(DayVerb.UNDO, _day_of_address()), UndoForm()
    if form.validate_on_submit():
        if form.carries_out(lambda: _carry_out(change)):
            return lead_on(form.outcome)
    elif form.carries_out(lambda: _look_ahead(change)):
        return _preview_page(change, form.outcome, ())
    flash(form.broken.text if form.broken else "다시 눌러 주세요.", "warn")
    return redirect(year_url(change.on))


def _day_of_address() -> date:
    """The day of the address, or 404."""
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        raise NotFound from None


def _carry_out(change: DayChange) -> DaysChanged:
    return change_day(db.session, change, actor=current_identity(), now=clock.now())


def _look_ahead(change: DayChange) -> Preview:
    check_day(db.session, change, actor=current_identity(), now=clock.now())
    return preview_of_days([change])


def _preview_page(change: DayChange, preview: Preview, typed: Sequence[tuple[str, str]]) -> Response:
    remark = weekend_remark(change.on) if change.verb is DayVerb.ADD else ""
    named = change.name or name_of(db.session, current_identity().district_id, change.on)
    page = render_template(
        "follow_ups/holiday_preview.html", preview=preview, change=change, named=named, remark=remark, typed=typed,
        back_url=year_url(change.on),
    )  # fmt: skip
    return make_response(page)


def preview_of_days(changes: Sequence[DayChange]) -> Preview:
    """What the changes would move; that its households were looked at is recorded.

    Raises:
        RuleBroken: a date would reach a year whose holidays nobody has published (NO_HOLIDAY_YEAR).
    """
    identity, now = current_identity(), clock.now()
    try:
        preview = preview_days(db.session, identity, changes, today=clock.korean_date(now))
    except MissingHolidayYear as gap:
        raise RuleBroken("NO_HOLIDAY_YEAR", f"{gap.year}년 공휴일 자료가 없어 계산할 수 없습니다.") from None
    audit.record_list(
        db.session, Action.LIST, preview.household_ids, subject="holiday-preview", actor=identity, now=now
    )  # fmt: skip
    return preview


def year_url(on: date) -> str:
    """The page of a day's year."""
    return url_for("follow_ups.holidays", year=on.year)


def lead_on(done: DaysChanged) -> Response:
    """After a change: to the bar when it reaches somebody, otherwise back to the year."""
    first = done.made[0]
    flash(_told(done), "ok")
    return watch_refreshing(year_url(first.on)) if done.touched else redirect(year_url(first.on))


def _told(done: DaysChanged) -> str:
    first, count = done.made[0], len(done.made)
    day = spoken_day(first.on)
    if count > 1 or done.known_before:
        rest = f" {len(done.known_before)}일은 그 사이 바뀌어 그대로 두었습니다." if done.known_before else ""
        return f"휴무일 {count}일을 추가했습니다.{rest}"
    return {
        DayVerb.ADD: f"{day}을 휴무일로 추가했습니다.",
        DayVerb.TAKE: f"{day}을 근무하는 날로 바꾸었습니다.",
        DayVerb.UNDO: f"{day}을 되돌렸습니다.",
    }[first.verb]
