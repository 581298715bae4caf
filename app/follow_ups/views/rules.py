"""기준: the rules of a 시군구 to read, and for its officer to change by adding a version, previewed before it is stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.core.working_days import MissingHolidayYear
from app.extensions import db
from app.follow_ups.forms.rules import RuleVersionForm, VersionForm, WithdrawForm, rule_form, values_of
from app.follow_ups.models import LadderVersion, RuleVersionRow
from app.follow_ups.queries import engine_rule
from app.follow_ups.queries.previews import Preview
from app.follow_ups.queries.rule_changes import (
    RuleLine,
    find_line,
    get_rule,
    hypothetical,
    list_rule_lines,
    list_versions_of,
    preview_rule,
)
from app.follow_ups.rules import ContactMode, Profession
from app.follow_ups.rules.descriptions import (
    INDIRECT,
    Confidence,
    RuleWords,
    confidence_of,
    proposed_label,
    rule_in_words,
    whom_in_words,
)
from app.follow_ups.service.rule_changes import add_rule_version, check_rule_draft, withdraw_rule_version
from app.follow_ups.views.blueprint import blueprint
from app.follow_ups.views.refreshing import watch_refreshing
from app.web.security import current_identity, requires

FARTHEST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class VersionCard:
    """One version as pages show it."""

    row: RuleVersionRow
    words: RuleWords
    whom: str
    confidence: Confidence
    is_in_force: bool
    is_waiting: bool

    @property
    def source(self) -> str:
        """The source without its addresses, which stand on the page of the rule."""
        return re.sub(r"\s*https?://\S+", "", self.row.source)


def _card(row: RuleVersionRow, line: RuleLine) -> VersionCard:
    is_waiting = row.id in {each.id for each in line.waiting}
    return VersionCard(
        row, rule_in_words(engine_rule(row)), whom_in_words(row.whom), confidence_of(row.confidence),
        is_in_force=row.id == line.row.id, is_waiting=is_waiting,
    )  # fmt: skip


@blueprint.get("/rules")
@requires(Permission.SEE_RULES)
def rules() -> Any:
    """Every rule with the version in force."""
    lines = list_rule_lines(db.session, current_identity(), today=clock.today())
    cards = [(line, _card(line.row, line)) for line in lines]
    groups = [(one, [each for each in cards if each[0].row.profession is one]) for one in Profession]
    return render_template("follow_ups/rules.html", groups=groups)


def rule_from_url(session: Session, identity: Identity, *, rule_id: int) -> RuleVersionRow:
    """A version of the rule that the URL names, or 404."""
    return get_rule(session, identity, rule_id)


@blueprint.get("/rules/<int:rule_id>")
@requires(Permission.SEE_RULES, rule_from_url)
def rule(row: RuleVersionRow) -> Any:
    """All versions of one rule."""
    identity = current_identity()
    line = find_line(db.session, identity, row, today=clock.today())
    versions = list_versions_of(db.session, row, district_id=identity.district_id)
    cards = [_card(each, line) for each in versions]
    return render_template("follow_ups/rule.html", line=line, cards=cards, standing=_card(line.row, line))


@blueprint.route("/rules/<int:rule_id>/new-version", methods=["GET", "POST"])
@requires(Permission.CHANGE_RULES, rule_from_url)
def new_rule_version(row: RuleVersionRow) -> Any:
    """The next version: typed, then previewed, then applied. Nothing is stored before the last step."""
    identity, today = current_identity(), clock.today()
    line = find_line(db.session, identity, row, today=today)
    proposed = proposed_label(today, line.taken)
    form = rule_form(line.row.kind)(
        data=values_of(line.row, version=proposed, effective_from=today, known=line.newest_id)
    )
    if may_go_on(form) and form.carries_out(lambda: _check(form, line, identity)):
        if request.form.get("step") == "apply" and form.carries_out(lambda: _add(form, line, identity)):
            return _applied(form.outcome)
        if is_worth_a_look(form) and form.carries_out(lambda: _preview(form, line, identity)):
            return _preview_page(form, line, form.outcome)
    page = render_template("follow_ups/rule_version.html", form=form, line=line, standing=_card(line.row, line))
    return make_response(page, form.status)


def may_go_on(form: VersionForm) -> bool:
    """Whether what was sent is to be judged: not when somebody went back to correct it."""
    return request.form.get("step") != "edit" and form.reads()


def is_worth_a_look(form: VersionForm) -> bool:
    """Whether the preview comes next: unless a rule said no, other than that somebody was faster."""
    return form.broken is None or isinstance(form.broken, StaleRecord)


def _check(form: RuleVersionForm, line: RuleLine, identity: Identity) -> None:
    draft = form.to_draft(line.row.code)
    check_rule_draft(db.session, line.row, draft, actor=identity, now=clock.now())


def _add(form: RuleVersionForm, line: RuleLine, identity: Identity) -> RuleVersionRow:
    draft = form.to_draft(line.row.code)
    return add_rule_version(
        db.session, line.row, draft, known=form.known_key, actor=identity, now=clock.now()
    )  # fmt: skip


def _preview(form: RuleVersionForm, line: RuleLine, identity: Identity) -> Preview:
    row = hypothetical(form.to_draft(line.row.code), line.row)
    return within_known_years(lambda: preview_rule(db.session, identity, row, today=clock.today(), page=chosen_page()))


def within_known_years(look: Callable[[], Preview]) -> Preview:
    """The preview, or a broken rule where its dates reach a year whose holidays nobody has published."""
    try:
        return look()
    except MissingHolidayYear as gap:
        text = f"{gap.year}년 공휴일 자료가 없어 기한을 계산할 수 없습니다. 기간을 줄여 주세요."
        raise RuleBroken("NO_HOLIDAYS", text) from None


def chosen_page() -> int:
    """The page of the preview that was asked for."""
    return max(1, min(request.form.get("page", 1, type=int), FARTHEST_PAGE))


def _preview_page(form: RuleVersionForm, line: RuleLine, preview: Preview) -> Response:
    draft = form.to_draft(line.row.code)
    row = hypothetical(draft, line.row)
    cautions = [] if not set(draft.counts_modes) & INDIRECT else [_indirect(draft.counts_modes)]
    page = render_template(
        "follow_ups/rule_preview.html", form=form, preview=preview, known=line.newest_id, called=line.row.name,
        label=draft.version, effective_from=draft.effective_from, cautions=cautions,
        before=rule_in_words(line.rule), after=rule_in_words(engine_rule(row)),
        back_url=url_for("follow_ups.rule", rule_id=line.first_id),
    )  # fmt: skip
    record_preview(preview, f"rule-preview:{line.row.code}")
    return make_response(page, form.status)


def _indirect(modes: tuple[str, ...]) -> str:
    named = ", ".join(mode.label for mode in ContactMode if mode.value in modes and mode in INDIRECT)
    return f"본인을 만나거나 통화하지 않은 접촉({named})도 횟수로 셉니다."


def record_preview(preview: Preview, subject: str) -> None:
    """The households on a page of a preview were looked at."""
    audit.record_list(
        db.session, Action.LIST, preview.household_ids, subject=subject, actor=current_identity(), now=clock.now()
    )


def _applied(row: RuleVersionRow) -> Response:
    back_url = url_for("follow_ups.rule", rule_id=row.id)
    return lead_on(row, back_url, today=clock.today())


def lead_on(row: RuleVersionRow | LadderVersion, back_url: str, *, today: date) -> Response:
    """After applying: to the bar when it holds today, otherwise back, with the day on which it will."""
    if row.effective_from <= today:
        flash(f"«{row.version}» 판을 적용했습니다.", "ok")
        return watch_refreshing(back_url)
    flash(f"«{row.version}» 판은 {row.effective_from}부터 적용됩니다. 그때까지는 거둘 수 있습니다.", "ok")
    return redirect(back_url)


def waiting_from_url(session: Session, identity: Identity, *, rule_id: int) -> RuleVersionRow:
    """A version of one's own 시군구 that has not begun to hold, or 404."""
    row = get_rule(session, identity, rule_id)
    if row.district_id is None or row.effective_from <= clock.today():
        raise NotFound
    return row


@blueprint.route("/rules/<int:rule_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.CHANGE_RULES, waiting_from_url)
def withdraw_version(row: RuleVersionRow) -> Any:
    """Take back a version that waits for its day."""
    identity, form, label, name = current_identity(), WithdrawForm(), row.version, row.name
    back_url = url_for("follow_ups.rule", rule_id=find_line(db.session, identity, row, today=clock.today()).first_id)
    if form.validate_on_submit() and form.carries_out(
        lambda: withdraw_rule_version(db.session, row, reason=form.reason.data, actor=identity, now=clock.now())
    ):
        flash(f"«{label}» 판을 거두었습니다.", "ok")
        return redirect(back_url)
    page = render_template(
        "follow_ups/withdraw_version.html", form=form, called=name, label=label, back_url=back_url,
        effective_from=row.effective_from,
    )  # fmt: skip
    return make_response(page, form.status)
