"""`/healthz` for whoever watches the server, and `/`, which leads everybody to their own first page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, url_for
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.migrations import head_revision
from app.extensions import db
from app.web.navigation import home_of
from app.web.security import current_identity, is_signed_in, public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """200 when the database answers and stands at the newest migration, else 503; always JSON, never a secret."""
    state: dict[str, Any] = {
        "status": "ok",
        "database": "ok",
        "migration": "unknown",
        "head": head_revision(),
    }
    try:
        with db.engine.connect().execution_options(read_only=True) as connection:
            state["migration"] = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError:
        state["database"] = "unreachable"
    if state["migration"] != state["head"]:
        state["status"] = "unavailable" if state["database"] != "ok" else "migration needed"
    return make_response(jsonify(state), 200 if state["status"] == "ok" else 503)


@blueprint.get("/")
@public
def index() -> Response:
    """Straight to the first page of one's own work."""
    return make_response(redirect(home_of(current_identity()) if is_signed_in() else url_for("accounts.sign_in")))
