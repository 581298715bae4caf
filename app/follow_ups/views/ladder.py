"""부재 단계: what vain tries in a row ask for, to read, and for the officer to change by adding a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.follow_ups.forms.ladder import LadderForm, ladder_values
from app.follow_ups.forms.rules import WithdrawForm
from app.follow_ups.models import LadderVersion
from app.follow_ups.queries.ladder_changes import LadderLine, find_ladder, get_ladder_version, preview_ladder
from app.follow_ups.queries.previews import Preview
from app.follow_ups.rules import AbsenceLadder, LadderAction, LadderStep
from app.follow_ups.rules.descriptions import confidence_of, proposed_label, step_in_words, within_in_words
from app.follow_ups.rules.drafts import LadderDraft
from app.follow_ups.service.ladder_changes import add_ladder_version, check_ladder_draft, withdraw_ladder_version
from app.follow_ups.views.blueprint import blueprint
from app.follow_ups.views.rules import (
    chosen_page,
    is_worth_a_look,
    lead_on,
    may_go_on,
    record_preview,
    within_known_years,
)
from app.households.rules import Risk
from app.web.security import current_identity, requires


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the ladder in words."""

    tries: str
    action: str
    within: str
    alerts_supervisor: bool


@dataclass(frozen=True, slots=True)
class LadderGroup:
    """The steps of one risk, or of those of it who live alone."""

    title: str
    steps: list[StepLine]


@blueprint.get("/rules/absence-ladder")
@requires(Permission.SEE_RULES)
def ladder() -> Any:
    """The ladder in force, and all its versions."""
    today = clock.today()
    line = find_ladder(db.session, current_identity(), today=today)
    return render_template(
        "follow_ups/ladder.html", line=line, groups=_groups(line.ladder), today=today,
        confidence=confidence_of(line.row.document["confidence"]),
        founded={row.id: confidence_of(row.document["confidence"]) for row in line.versions},
    )  # fmt: skip


def _groups(known: AbsenceLadder) -> list[LadderGroup]:
    """Each risk, and after it those who live alone where they have steps of their own."""
    found = []
    for risk in Risk:
        found += [LadderGroup(risk.label, _lines(known.steps.get(risk, ())))]
        found += [LadderGroup(f"{risk.label}, 혼자 삶", _lines(steps)) for steps in _alone(known.steps_alone, risk)]
    return found


def _alone(steps: Mapping[str, tuple[LadderStep, ...]], risk: Risk) -> list[tuple[LadderStep, ...]]:
    return [steps[risk]] if risk in steps else []


def _lines(steps: tuple[LadderStep, ...]) -> list[StepLine]:
    followed = [*steps[1:], None]
    return [
        StepLine(step_in_words(step, after), step.action.label, within_in_words(step.within_working_days), step.alerts_supervisor)
        for step, after in zip(steps, followed, strict=True)
    ]  # fmt: skip


@blueprint.route("/rules/absence-ladder/new-version", methods=["GET", "POST"])
@requires(Permission.CHANGE_RULES)
def new_ladder_version() -> Any:
    """The next version: typed, then previewed, then applied. Nothing is stored before the last step."""
    identity, today = current_identity(), clock.today()
    line = find_ladder(db.session, identity, today=today)
    proposed, document = proposed_label(today, line.taken), line.row.document
    form = LadderForm(data=ladder_values(document, version=proposed, effective_from=today, known=line.newest_id))
    form.modes = {name: document[name] for name in ("absent_modes", "reached_modes")}
    if may_go_on(form) and form.carries_out(lambda: _check(form, identity)):
        if request.form.get("step") == "apply" and form.carries_out(lambda: _add(form, identity)):
            return lead_on(form.outcome, url_for("follow_ups.ladder"), today=today)
        if is_worth_a_look(form) and form.carries_out(lambda: _preview(form, identity)):
            return _preview_page(form, line, form.outcome)
    return make_response(render_template("follow_ups/ladder_version.html", form=form, line=line), form.status)


def _check(form: LadderForm, identity: Identity) -> None:
    check_ladder_draft(db.session, form.to_draft(), actor=identity, now=clock.now())


def _add(form: LadderForm, identity: Identity) -> LadderVersion:
    return add_ladder_version(db.session, form.to_draft(), known=form.known_key, actor=identity, now=clock.now())


def _preview(form: LadderForm, identity: Identity) -> Preview:
    draft = form.to_draft()
    return within_known_years(
        lambda: preview_ladder(db.session, identity, draft, today=clock.today(), page=chosen_page())
    )


def _preview_page(form: LadderForm, line: LadderLine, preview: Preview) -> Response:
    draft = form.to_draft()
    page = render_template(
        "follow_ups/rule_preview.html", form=form, preview=preview, known=line.newest_id, called="부재 단계",
        label=draft.version, effective_from=draft.effective_from, cautions=_cautions(draft),
        back_url=url_for("follow_ups.ladder"),
    )  # fmt: skip
    record_preview(preview, "rule-preview:absence-ladder")
    return make_response(page, form.status)


def _cautions(draft: LadderDraft) -> list[str]:
    """Risks in which no number of vain tries ever reaches the supervisor."""
    last = LadderAction.SUPERVISOR_DECIDES.value
    without = [Risk(risk).label for risk, steps in draft.steps.items() if all(step["action"] != last for step in steps)]
    return [f"«팀장 판단»에 이르지 않는 위험도가 있습니다: {', '.join(without)}"] if without else []


def waiting_ladder_from_url(session: Session, identity: Identity, *, ladder_id: int) -> LadderVersion:
    """A version of one's own 시군구 that has not begun to hold, or 404."""
    row = get_ladder_version(session, identity, ladder_id)
    if row.district_id is None or row.effective_from <= clock.today():
        raise NotFound
    return row


@blueprint.route("/rules/absence-ladder/<int:ladder_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.CHANGE_RULES, waiting_ladder_from_url)
def withdraw_ladder(row: LadderVersion) -> Any:
    """Take back a version that waits for its day."""
    identity, form, label = current_identity(), WithdrawForm(), row.version
    if form.validate_on_submit() and form.carries_out(
        lambda: withdraw_ladder_version(db.session, row, reason=form.reason.data, actor=identity, now=clock.now())
    ):
        flash(f"«{label}» 판을 거두었습니다.", "ok")
        return redirect(url_for("follow_ups.ladder"))
    page = render_template(
        "follow_ups/withdraw_version.html", form=form, called="부재 단계", label=label,
        back_url=url_for("follow_ups.ladder"), effective_from=row.effective_from,
    )  # fmt: skip
    return make_response(page, form.status)
