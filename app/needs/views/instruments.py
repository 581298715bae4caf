"""기준: the form of needs that holds, and a 시군구's own out of a file, seen before it is applied."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import flash, make_response, redirect, render_template, send_file, url_for

from app.access.permissions import Permission
from app.core import clock
from app.core.errors import RuleBroken
from app.core.tables.reading import read_table
from app.core.tables.rows import TableLimits
from app.core.tables.writing import write_xlsx
from app.extensions import db
from app.needs import queries, service
from app.needs.forms import ApplyForm, FormFileForm, carried
from app.needs.models import NeedsForm
from app.needs.rules import FormFound, FormRow, NeedLevel, read_rows, rows_of_json, rows_of_table
from app.needs.views.blueprint import blueprint
from app.web.security import current_identity, requires

LIMITS = TableLimits(max_bytes=400_000, max_unpacked_bytes=10_000_000, max_rows=500, max_cells=20_000)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/needs/form")
@requires(Permission.SEE_RULES)
def form_of_needs() -> Any:
    """The form that holds today, and every version there was."""
    identity, today = current_identity(), clock.today()
    held = queries.form_in_force(db.session, identity.district_id, on=today)
    versions = queries.list_forms(db.session, identity.district_id)
    return render_template(
        "needs/form.html", held=queries.read(held), held_id=held.id, today=today, levels=list(NeedLevel),
        versions=[(row, queries.read(row)) for row in reversed(versions)],
    )  # fmt: skip


@blueprint.get("/needs/form/<int:form_id>")
@requires(Permission.SEE_RULES)
def form_version(form_id: int) -> Any:
    """One version of the form, as it was or will be asked with."""
    row = queries.get_form(db.session, current_identity().district_id, form_id)
    return render_template("needs/form_version.html", row=row, instrument=queries.read(row), today=clock.today())


@blueprint.get("/needs/form/table.xlsx")
@requires(Permission.SEE_RULES)
def form_table() -> Any:
    """The form that holds as a table to be filled in anew and loaded."""
    identity = current_identity()
    held = queries.read(queries.form_in_force(db.session, identity.district_id, on=clock.today()))
    rows = [
        (each.label, item.label, item.hint, "O" if item.is_grave else "X")
        for each in held.domains
        for item in each.items
    ]
    file = BytesIO(write_xlsx([("영역", "항목", "설명", "고난도"), *rows], sheet="욕구조사표"))
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name="욕구조사표.xlsx")


@blueprint.route("/needs/form/load", methods=["GET", "POST"])
@requires(Permission.KEEP_NEEDS_FORM)
def load_form() -> Any:
    """A file of a 시군구's own form: read, shown row by row, nothing stored yet."""
    form = FormFileForm()
    if form.validate_on_submit() and form.carries_out(lambda: _rows_of(form.file.data.read())):
        return _preview(form.outcome)
    return make_response(render_template("needs/load_form.html", form=form), form.status)


def _rows_of(content: bytes) -> list[FormRow]:
    if len(content) > LIMITS.max_bytes:
        raise RuleBroken("TOO_LARGE", "파일이 너무 큽니다. 400KB까지 읽습니다.", field="file")
    is_json = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")
    return rows_of_json(content) if is_json else rows_of_table(read_table(content, limits=LIMITS))


@blueprint.post("/needs/form/apply")
@requires(Permission.KEEP_NEEDS_FORM)
def apply_form() -> Any:
    """Apply what was seen, from a day on."""
    form = ApplyForm()
    rows = form.to_rows()
    if form.validate_on_submit() and form.carries_out(lambda: _apply(form, rows)):
        row: NeedsForm = form.outcome
        flash(f"우리 시군구의 조사표를 정했습니다. {row.effective_from.isoformat()}부터 씁니다.", "ok")
        return redirect(url_for("needs.form_of_needs"))
    return _preview(rows, form)


def _apply(form: ApplyForm, rows: Sequence[FormRow]) -> NeedsForm:
    return service.set_needs_form(
        db.session, rows, name=form.name.data or "", effective_from=form.effective_from.data,
        source=form.source.data or "", why=form.why.data or "", actor=current_identity(), now=clock.now(),
    )  # fmt: skip


def _preview(rows: Sequence[FormRow], form: ApplyForm | None = None) -> Any:
    identity, today = current_identity(), clock.today()
    forms = queries.list_forms(db.session, identity.district_id)
    held = queries.read(queries.form_in_force(db.session, identity.district_id, on=today))
    found = read_rows(rows, [queries.read(row) for row in reversed(forms)], stem="NEW")
    begun = form or ApplyForm(formdata=None, data={"rows": carried(rows), "name": held.name, "effective_from": today})
    page = render_template(
        "needs/preview_form.html",
        form=begun,
        found=found,
        rows=rows,
        left_out=_left_out(found, held.items),
        today=today,
    )
    return make_response(page, begun.status)


def _left_out(found: FormFound, held: Sequence[Any]) -> list[str]:
    """Items that are asked about today and would not be any more."""
    asked = {item.code for domain in found.domains for item in domain.items}
    return [item.label for item in held if item.code not in asked]
