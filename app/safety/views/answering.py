"""나왔습니다, and what was found out about somebody who did not come back: from the board, the header, and the tablet."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.core import clock
from app.extensions import db
from app.safety import service
from app.safety.forms.outings import AnswerForm, EndForm, as_moment
from app.safety.models import Outing
from app.safety.rules import Finding
from app.safety.views.blueprint import blueprint, outing_from_url
from app.safety.views.board import Refused, draw_board
from app.safety.views.outings import first_words, is_tablet, settled
from app.web.security import current_identity, requires


@blueprint.post("/outings/<uuid:outing_id>/end")
@requires(Permission.GO_OUT, outing_from_url)
def end_outing(outing: Outing) -> Any:
    """나왔습니다."""
    identity, now, form = current_identity(), clock.now(), EndForm()
    at = as_moment(form.at.data) or now
    if form.validate_on_submit():
        form.carries_out(
            lambda: service.end_outing(db.session, outing, at=at, note=form.note.data or "", actor=identity, now=now)
        )
    if (form.broken or form.errors) and "note" in request.form and not is_tablet():
        return _come_back("end", outing, form, identity)
    return settled(form, outing, _end_words(outing, identity))


def _end_words(outing: Outing, identity: Identity) -> str:
    at = f"{clock.korean_time(outing.ended_at):%H:%M}에 " if outing.ended_at else ""
    own = outing.account_id == identity.account_id
    return f"{at}나온 것으로 표시했습니다." if own else f"{outing.account.name} 님을 {at}나온 것으로 표시했습니다."


@blueprint.post("/outings/<uuid:outing_id>/answer")
@requires(Permission.ANSWER_ALARM, outing_from_url)
def answer_alarm(outing: Outing) -> Any:
    """Say what was found out; later steps still come until somebody checks the person out."""
    identity, now, form = current_identity(), clock.now(), AnswerForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.answer_alarm(
            db.session, outing, Finding(form.finding.data), form.note.data or "", actor=identity, now=now
        )
    ):
        flash("답을 남겼습니다. 알림을 받은 사람들에게도 알렸습니다.", "ok")
        return redirect(url_for("safety.out", _anchor=f"out-{outing.id}"))
    return _come_back("answer", outing, form, identity)


def _come_back(act: str, outing: Outing, form: Any, identity: Identity) -> Any:
    """The board with the form as it was typed, and why it was refused."""
    finding = form.finding.data or "" if "finding" in form else ""
    refused = Refused(outing.id, act, form.note.data or "", finding, first_words(form))
    return make_response(draw_board(identity, clock.now(), refused=refused), 422)
