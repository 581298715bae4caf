"""Drafts: what is being typed, kept on the server from the first key on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.access.identity import Identity
from app.access.permissions import Permission
from app.attachments.service import remove_of_draft
from app.core import clock
from app.core.database import new_id
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.extensions import db
from app.households.models import Household
from app.visits import queries, service
from app.visits.models import VisitDraft
from app.visits.views.blueprint import blueprint, household_from_url
from app.web.security import current_identity, requires
from app.web.typed import json_sent, storable

FORMS = ("visit", "absence", "second", "counselling", "needs")
NEVER_KEPT = frozenset({"csrf_token", "visit_id", "typed_at", "confirmed", "same_visit", "version"})


def household_for_draft(
    session: Session, identity: Identity, *, household_id: int, form: str, draft_id: UUID
) -> Household:
    """The household a draft is about, or 404."""
    if form not in FORMS:
        raise NotFound
    return household_from_url(session, identity, household_id=household_id)


@blueprint.put(
    "/households/<int:household_id>/drafts/<any(visit, absence, second, counselling, needs):form>/<uuid:draft_id>"
)
@requires(Permission.LOG_VISIT, household_for_draft)
def save_draft(household: Household) -> Response:
    """Keep what has been typed; 409 with the stored text when another screen saved in between, 422 when it is too late."""
    identity, given = current_identity(), json_sent()
    draft_id, form = (request.view_args or {})["draft_id"], (request.view_args or {})["form"]
    body, version = _typed(given), given.get("version") if isinstance(given, dict) else None
    if body is None:
        return make_response(jsonify(code="UNREADABLE", text="임시 저장할 글을 알아볼 수 없습니다."), 422)
    try:
        draft = service.save_draft(
            db.session,
            household,
            draft_id,
            form=form,
            body=body,
            version=version if isinstance(version, int) else 0,
            actor=identity,
            now=clock.now(),
        )
    except StaleRecord:
        stored = queries.find_draft(db.session, identity, draft_id)
        return make_response(jsonify(version=stored.version if stored else 0, body=stored.body if stored else {}), 409)
    except RuleBroken as broken:
        return make_response(jsonify(code=broken.code, text=broken.text), 422)
    return jsonify(version=draft.version, saved_at=draft.saved_at.isoformat())


def _typed(given: Any) -> dict[str, str | list[str]] | None:
    """The texts of a form by their names, as forms send them; what is no text is left out. None: no form at all."""
    body = given.get("body", {}) if isinstance(given, dict) else None
    if not isinstance(body, dict):
        return None
    typed = ((storable(name), value) for name, value in body.items() if name not in NEVER_KEPT)
    return {name: _texts(value) if isinstance(value, list) else storable(value)
            for name, value in typed if isinstance(value, str | list)}  # fmt: skip


def _texts(values: list[Any]) -> list[str]:
    return [storable(value) for value in values if isinstance(value, str)]


def draft_from_url(session: Session, identity: Identity, *, draft_id: UUID) -> VisitDraft:
    """One's own draft, or 404."""
    draft = queries.find_draft(session, identity, draft_id)
    if draft is None:
        raise NotFound
    return draft


@blueprint.post("/drafts/<uuid:draft_id>/discard")
@requires(Permission.SEE_DUES, draft_from_url)
def discard_draft(draft: VisitDraft) -> Any:
    """Throw a draft away, and the photos taken for it."""
    photos = remove_of_draft(db.session, draft.id, by_id=draft.account_id, now=clock.now())
    service.discard_draft(db.session, draft)
    flash(f"작성하던 기록과 사진 {photos}장을 버렸습니다." if photos else "작성하던 기록을 버렸습니다.", "ok")
    return redirect(url_for("visits.today"))


def begun(identity: Identity, household: Household, form: str) -> VisitDraft | None:
    """What this person began to write about the household; `?fresh=1` begins anew and leaves it in the list."""
    if request.args.get("fresh"):
        return None
    return queries.find_open_draft(db.session, identity, household.id, form)


def stored_version(identity: Identity, form: Any, now: datetime) -> int:
    """The number of the draft behind a page's form, so that a form that comes back refused goes on saving; 0: none yet."""
    draft_id, _typed_at = typed_values(form, now)
    draft = queries.find_draft(db.session, identity, draft_id)
    return draft.version if draft else 0


def draft_values(draft: VisitDraft | None) -> MultiDict[str, Any] | None:
    """A draft's body as a posted form, so that the same form reads it."""
    if draft is None:
        return None
    values: MultiDict[str, Any] = MultiDict()
    for name, value in draft.body.items():
        for item in value if isinstance(value, list) else [value]:
            values.add(name, item)
    values["visit_id"], values["typed_at"] = str(draft.id), draft.started_at.isoformat()
    return values


def typed_values(form: Any, now: datetime) -> tuple[UUID, datetime]:
    """The id the page made and when typing began; nonsense in the hidden fields is replaced, never an error."""
    try:
        visit_id = UUID(form.visit_id.data or "")
    except ValueError:
        visit_id = new_id()
    try:
        typed_at = datetime.fromisoformat(form.typed_at.data or "")
    except ValueError:
        typed_at = now
    return visit_id, typed_at if typed_at.tzinfo else now
