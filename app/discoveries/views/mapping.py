"""칸 짝짓기: somebody names the columns of a file that does not tell; and what is remembered of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.tables.rows import TableRow
from app.discoveries import service
from app.discoveries.forms.mapping import MappingForm, mapping_form
from app.discoveries.models import ColumnMapping, IncomingFile
from app.discoveries.queries.mappings import columns_of, get_incoming, get_mapping, list_mappings
from app.discoveries.rules.mapping import file_columns, likely_heading, possible_headings, row_words
from app.discoveries.views.blueprint import blueprint
from app.discoveries.views.taking import lead_to_result
from app.extensions import db
from app.web.security import current_identity, requires

blueprint.add_app_template_filter(row_words)


def incoming_from_url(session: Session, identity: Identity, *, incoming_id: int) -> IncomingFile:
    """The own file of the URL, or 404."""
    return get_incoming(session, identity, incoming_id)


def mapping_from_url(session: Session, identity: Identity, *, mapping_id: int) -> ColumnMapping:
    """The mapping of the URL, or 404."""
    return get_mapping(session, identity, mapping_id)


@blueprint.route("/discoveries/incoming/<int:incoming_id>", methods=["GET", "POST"])
@requires(Permission.IMPORT_LIST, incoming_from_url)
def name_columns(incoming: IncomingFile) -> Any:
    """The headings of the file with sample cells, each with what it means."""
    identity, now = current_identity(), clock.now()
    table = service.table_of(incoming)
    heading = _chosen_heading(table.rows)
    form = mapping_form(file_columns(table.rows, heading))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.name_columns(
            db.session, incoming, heading.number, form.to_columns(), actor=identity, now=now
        )
    ):  # fmt: skip
        return lead_to_result(form.outcome)
    _record(incoming, identity, now)
    return _page(form, incoming, heading, table.rows)


def _chosen_heading(rows: Sequence[TableRow]) -> TableRow:
    """The row of the address, else the one that most looks like a heading."""
    asked = request.args.get("row", type=int)
    chosen = next((row for row in possible_headings(rows) if row.number == asked), None)
    return chosen or likely_heading(rows) or rows[0]


def _record(incoming: IncomingFile, identity: Identity, now: datetime) -> None:
    """Samples show people: a look at a list."""
    subject, count = f"incoming-file:{incoming.id}", len(incoming.rows)
    audit.record(db.session, Action.LIST, subject=subject, row_count=count, actor=identity, now=now)


def _page(form: MappingForm, incoming: IncomingFile, heading: TableRow, rows: Sequence[TableRow]) -> Response:
    others = [row for row in possible_headings(rows) if row.number != heading.number]
    page = render_template(
        "discoveries/name_columns.html", form=form, incoming=incoming, heading=heading, others=others[:8],
        people=sum(1 for row in rows if row.number > heading.number),
    )  # fmt: skip
    return make_response(page, form.status)


@blueprint.post("/discoveries/incoming/<int:incoming_id>/drop")
@requires(Permission.IMPORT_LIST, incoming_from_url)
def drop_incoming(incoming: IncomingFile) -> Response:
    """«그만두기»."""
    service.drop_incoming(db.session, incoming)
    flash("올린 파일을 지웠습니다. 담은 것은 없습니다.", "info")
    return redirect(url_for("discoveries.lists"))


@blueprint.get("/discoveries/columns")
@requires(Permission.IMPORT_LIST)
def mappings() -> Any:
    """What is remembered: which heading of which source means what."""
    lines = [
        (mapping, [(meaning, _headings_at(mapping, places)) for meaning, places in columns_of(mapping).items()])
        for mapping in list_mappings(db.session, current_identity())
    ]
    return render_template("discoveries/mappings.html", lines=lines)


def _headings_at(mapping: ColumnMapping, places: Sequence[int]) -> str:
    names = (mapping.headings[at] if at < len(mapping.headings) else "" for at in places)
    return ", ".join(f"«{name.strip()}»" if name.strip() else "제목 없는 칸" for name in names)


@blueprint.post("/discoveries/columns/<int:mapping_id>/forget")
@requires(Permission.IMPORT_LIST, mapping_from_url)
def forget_mapping(mapping: ColumnMapping) -> Response:
    """«잊기»."""
    service.forget_mapping(db.session, mapping, actor=current_identity(), now=clock.now())
    flash("기억한 칸을 잊었습니다. 다음에 같은 파일을 올리면 제목으로 읽거나 다시 묻습니다.", "ok")
    return redirect(url_for("discoveries.mappings"))
