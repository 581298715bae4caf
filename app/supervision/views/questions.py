"""기록 확인: what looks odd in records, asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.supervision import queries, service
from app.supervision.forms import AnswerForm
from app.supervision.models import AskedQuestion
from app.supervision.rules import BOUNDS, Question, QuestionKind
from app.supervision.views.blueprint import blueprint
from app.web.security import current_identity, requires

SPAN = timedelta(days=28)
FURTHEST_BACK = 26
"""How many spans of four weeks one may look back: two years."""


@blueprint.get("/questions")
@requires(Permission.SEE_QUESTIONS)
def list_questions() -> Any:
    """Four weeks of questions about the centre's records: what is open, then what was answered."""
    identity, back = current_identity(), min(max(request.args.get("back", 0, type=int), 0), FURTHEST_BACK)
    first_on, last_on = _span(back)
    found = queries.list_questions(db.session, identity, first_on=first_on, last_on=last_on)
    asked = queries.find_asked(db.session, [question.key for question in found])
    audit.record(
        db.session, Action.QUESTION, subject="questions", row_count=len(found), actor=identity, now=clock.now()
    )
    return render_template(
        "supervision/questions.html",
        unanswered=[each for each in found if not _is_answered(asked.get(each.key))],
        answered=[each for each in found if _is_answered(asked.get(each.key))],
        asked=asked,
        names=queries.names_of(db.session, {question.account_id for question in found}),
        bounds=BOUNDS,
        kinds=list(QuestionKind),
        first_on=first_on,
        last_on=last_on,
        back=back,
        is_last=back == FURTHEST_BACK,
    )


def _span(back: int) -> tuple[date, date]:
    last_on = clock.today() - back * SPAN
    return last_on - SPAN + timedelta(days=1), last_on


def _is_answered(asked: AskedQuestion | None) -> bool:
    return asked is not None and bool(asked.answer)


@blueprint.post("/questions")
@requires(Permission.SEE_QUESTIONS)
def open_question() -> Any:
    """Take up one finding: answer it oneself, or ask the person. Findings are computed anew, never taken from the form."""
    identity, now = current_identity(), clock.now()
    question = _chosen(identity)
    asked = service.open_question(db.session, question, centre_id=_centre_of(identity), actor=identity, now=now)
    if request.form.get("ask"):
        service.ask(db.session, asked, actor=identity, now=now)
        flash("본인에게 물었습니다. 답하면 이 화면에 나옵니다.", "ok")
    return redirect(url_for("supervision.show_question", asked_id=asked.id))


def _chosen(identity: Identity) -> Question:
    back = request.form.get("back", 0, type=int)
    first_on, last_on = _span(min(max(back, 0), FURTHEST_BACK))
    found = queries.list_questions(db.session, identity, first_on=first_on, last_on=last_on)
    chosen = next((question for question in found if question.key == request.form.get("question")), None)
    if chosen is None:
        raise NotFound
    return chosen


def _centre_of(identity: Identity) -> int:
    if identity.centre_id is None:
        raise NotFound
    return identity.centre_id


def asked_from_url(session: Session, identity: Identity, *, asked_id: int) -> AskedQuestion:
    """The question of the URL, or 404."""
    return queries.get_asked(session, identity, asked_id)


@blueprint.route("/questions/<int:asked_id>", methods=["GET", "POST"])
@requires(Permission.ANSWER_QUESTION, asked_from_url)
def show_question(asked: AskedQuestion) -> Any:
    """One question with its records, and the place to answer."""
    identity, now, form = current_identity(), clock.now(), AnswerForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.answer(db.session, asked, form.answer.data or "", actor=identity, now=now)
    ):
        flash("답을 적어 두었습니다.", "ok")
        return redirect(url_for("supervision.show_question", asked_id=asked.id))
    if asked.answer:
        form.answer.label.text = "덧붙이는 말"
    records = queries.list_records_of(db.session, identity, asked)
    _record_look(identity, records)
    page = render_template("supervision/question.html", asked=asked, form=form, records=records, **_places(identity))
    return make_response(page, form.status)


def _record_look(identity: Identity, records: Sequence[Any]) -> None:
    ids = sorted({record.household_id for record in records})
    if ids:
        audit.record_list(db.session, Action.LIST, ids, subject="question", actor=identity, now=clock.now())


def _places(identity: Identity) -> dict[str, Any]:
    """Where «back» leads: the list for whoever may see it, the inbox for whoever was asked."""
    sees_all = can(identity, Permission.SEE_QUESTIONS)
    return {"back_url": url_for("supervision.list_questions" if sees_all else "alerts.inbox"), "sees_all": sees_all}


@blueprint.get("/questions/mine")
@requires(Permission.READ_ALERTS)
def my_questions() -> Any:
    """Questions that wait for one's own answer: where the news of them leads."""
    waiting = queries.list_waiting(db.session, current_identity())
    return render_template("supervision/my_questions.html", waiting=waiting)
