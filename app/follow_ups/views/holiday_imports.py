"""Days off out of a file: read, shown row by row with what they would move, and added once somebody has seen it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import flash, make_response, redirect, render_template, send_file, url_for

from app.access.permissions import Permission
from app.core import clock
from app.core.tables.reading import read_table
from app.core.tables.rows import Table, TableLimits
from app.core.tables.writing import write_xlsx
from app.extensions import db
from app.follow_ups.forms.holidays import FoundDaysForm, HolidayFileForm
from app.follow_ups.rules import HolidayKind
from app.follow_ups.rules.holiday_files import FileRow, RowFate
from app.follow_ups.service.holidays import add_days, read_holiday_file
from app.follow_ups.views.blueprint import blueprint
from app.follow_ups.views.holidays import lead_on, preview_of_days
from app.web.security import current_identity, requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIMITS = TableLimits(max_bytes=2_000_000, max_unpacked_bytes=20_000_000, max_rows=5_000, max_cells=200_000)


@blueprint.route("/holidays/import", methods=["GET", "POST"])
@requires(Permission.KEEP_HOLIDAYS)
def import_holidays() -> Any:
    """A file of days off: the way in, and what would become of each of its rows. Nothing is stored."""
    form = HolidayFileForm()
    found: dict[str, Any] = {}
    if form.validate_on_submit() and form.carries_out(lambda: _look_into(form)):
        found = form.outcome
    page = render_template("follow_ups/holiday_import.html", form=form, fates=list(RowFate), **found)
    return make_response(page, form.status)


def _look_into(form: HolidayFileForm) -> dict[str, Any]:
    """The rows and the preview, or a broken rule that says what is wrong with the file."""
    table = read_table(form.file.data.read(), limits=LIMITS)
    rows = read_holiday_file(
        db.session, table, otherwise=HolidayKind(form.otherwise.data), actor=current_identity(), now=clock.now()
    )
    return _shown(table, rows)


def _shown(table: Table, rows: Sequence[FileRow]) -> dict[str, Any]:
    counts = Counter(row.fate for row in rows)
    adding, carried = [row.change for row in rows if row.fate is RowFate.ADD], FoundDaysForm(formdata=None)
    carried.keep(rows)
    return {
        "rows": rows, "counts": counts, "table": table, "carried": carried,
        "preview": preview_of_days(adding) if adding else None,
    }  # fmt: skip


@blueprint.post("/holidays/import/apply")
@requires(Permission.KEEP_HOLIDAYS)
def add_found_holidays() -> Any:
    """Add the days that were seen."""
    form = FoundDaysForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: add_days(db.session, form.changes(), actor=current_identity(), now=clock.now())
    ):
        return lead_on(form.outcome)
    flash(form.broken.text if form.broken else "파일을 다시 올려 주세요.", "warn")
    return redirect(url_for("follow_ups.import_holidays"))


@blueprint.get("/holidays/empty-list.xlsx")
@requires(Permission.KEEP_HOLIDAYS)
def empty_holiday_list() -> Any:
    """A list to be filled in, with the headings that are understood."""
    example = (f"{clock.today().year + 1}-01-01", "신정", "공휴일", "예시 줄입니다. 지우고 쓰십시오.")
    table = (("날짜", "이름", "구분", "비고"), example)
    return lambda: send_file(
        BytesIO(write_xlsx(table, sheet="휴무일")), mimetype=XLSX, as_attachment=True, download_name="휴무일 서식.xlsx"
    )
