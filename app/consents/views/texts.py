"""기준: the texts people agree to, to read and, for the officer of the 시군구, to word."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.consents import queries, service
from app.consents.forms import TextForm
from app.consents.models import ConsentText
from app.consents.rules import words_from
from app.consents.views.blueprint import SLUGS, blueprint, kind_of, slug_of, text_from_url
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires


@blueprint.get("/consents/texts")
@requires(Permission.SEE_RULES)
def texts() -> Any:
    """The texts that hold, each with its source and how sure it is, and every version there was."""
    identity, today = current_identity(), clock.today()
    held = queries.texts_in_force(db.session, identity.district_id, on=today)
    return render_template(
        "consents/texts.html", today=today, slug_of=slug_of,
        held=[(row, words_from(row.kind, row.version, row.title, row.document)) for row in held.values()],
        versions=queries.list_texts(db.session, identity.district_id),
    )  # fmt: skip


@blueprint.get("/consents/texts/<int:text_id>")
@requires(Permission.SEE_RULES, text_from_url)
def show_text(row: ConsentText) -> Any:
    """One version as it was shown."""
    words = words_from(row.kind, row.version, row.title, row.document)
    return render_template("consents/text.html", row=row, words=words)


@blueprint.route("/consents/texts/<any(personal, sensitive, third):kind>/new", methods=["GET", "POST"])
@requires(Permission.KEEP_CONSENT_TEXTS)
def change_text(kind: str) -> Any:
    """A district's own wording of one kind, from a day on."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    row = queries.text_in_force(db.session, identity.district_id, kind_of(kind), on=today)
    form = TextForm.of(words_from(row.kind, row.version, row.title, row.document), today)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_text(db.session, form.to_change(), actor=identity, now=now)
    ):
        flash("우리 시군구의 동의 글을 정했습니다. 이미 받은 동의는 그대로입니다.", "ok")
        return redirect(url_for("consents.texts"))
    return make_response(render_template("consents/change_text.html", form=form, kind=SLUGS[kind]), form.status)
