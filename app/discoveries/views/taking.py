"""명단 담는 중: how far a long list is. With script the bar runs by itself; without, a button takes the next rows in."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.core import clock
from app.discoveries import service
from app.discoveries.models import ImportedList
from app.discoveries.queries.taking import get_taken
from app.discoveries.views.blueprint import blueprint
from app.extensions import db
from app.web.security import current_identity, requires


def taken_from_url(session: Session, identity: Identity, *, list_id: int) -> ImportedList:
    """The list of the URL, or 404."""
    return get_taken(session, identity, list_id)


def lead_to_result(imported: ImportedList) -> Response:
    """Say what a file came to, and lead to its result; of a long one to the page where it is taken in."""
    if imported.is_repeated:
        flash(_known_words(imported), "info")
    elif not imported.rows_left:
        flash(f"명단 {imported.row_count:,}줄을 읽었습니다. 결과를 확인해 주세요.", "ok")
    page = "discoveries.taking" if imported.rows_left else "discoveries.show_list"
    return redirect(url_for(page, list_id=imported.id))


def _known_words(imported: ImportedList) -> str:
    where = f" «{imported.round.title}» 차수에 있습니다." if imported.round else ""
    return f"전에 담은 명단입니다.{where} 바뀐 것이 없으며, 그때의 결과를 보여 드립니다."


@blueprint.get("/discoveries/lists/<int:list_id>/taking")
@requires(Permission.IMPORT_LIST, taken_from_url)
def taking(imported: ImportedList) -> Any:
    """How many rows have their result."""
    return render_template("discoveries/taking.html", imported=imported)


@blueprint.post("/discoveries/lists/<int:list_id>/taking")
@requires(Permission.IMPORT_LIST, taken_from_url)
def take_more(imported: ImportedList) -> Any:
    """Take the next rows in: for the page's script in JSON, for its button by going back to the page."""
    left = service.take_more(db.session, imported, actor=current_identity(), now=clock.now())
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(left=left)
    return redirect(url_for("discoveries.taking", list_id=imported.id))
