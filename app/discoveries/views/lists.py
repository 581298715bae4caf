"""발굴: the lists that came in, taking one in, and its result."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.queries import list_centres
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.tables.writing import write_xlsx
from app.discoveries import queries, service
from app.discoveries.forms import ImportForm
from app.discoveries.models import ImportedList, IncomingFile, Round
from app.discoveries.queries import ListLine
from app.discoveries.queries.mappings import find_incoming
from app.discoveries.queries.rounds import list_open_rounds
from app.discoveries.queries.taking import list_unfinished
from app.discoveries.rules import ListColumn, RowOutcome
from app.discoveries.views.blueprint import blueprint, list_from_url
from app.discoveries.views.lines import line_of
from app.discoveries.views.list_rounds import may_leave, round_form_of
from app.discoveries.views.taking import lead_to_result
from app.extensions import db
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS, ROWS, SHOWN_TO_FIX = 20, 50, 10


@blueprint.route("/discoveries", methods=["GET", "POST"])
@requires(Permission.IMPORT_LIST)
def lists() -> Any:
    """Every list with its counts, and the form to take one in."""
    identity, form = current_identity(), ImportForm()
    form.offer_centres(list_centres(db.session, identity))
    rounds = list_open_rounds(db.session, identity, today=clock.today())
    form.offer_rounds(rounds, chosen=asked_key("round_id") or _open_round(rounds))
    if form.validate_on_submit() and form.carries_out(lambda: _receive(form, identity, rounds)):
        return _lead_on(form.outcome)
    after = asked_key()
    found = queries.list_lists(db.session, identity, after=after, limit=LISTS)
    page = Page(found[:LISTS], str(found[LISTS - 1].imported.id) if len(found) > LISTS else None, after is None)
    return make_response(
        render_template(
            "discoveries/lists.html", form=form, page=page, held=queries.count_held(db.session, identity),
            unfinished=list_unfinished(db.session, identity), incoming=find_incoming(db.session, identity),
        ),
        form.status,
    )  # fmt: skip


def _open_round(rounds: Sequence[Round]) -> int | None:
    """The newest round of which today is a day."""
    today = clock.today()
    return next((each.id for each in rounds if each.opens_on <= today), None)


def _receive(form: ImportForm, identity: Identity, rounds: Sequence[Round]) -> ImportedList | IncomingFile:
    chosen, wanted = form.chosen_centre(), form.chosen_round()
    centre = next((each for each in list_centres(db.session, identity) if each.id == chosen), None)
    of_round = next((each for each in rounds if each.id == wanted), None)
    sending = service.Sending(form.title.data or "", centre, of_round)
    content, by_hand = form.file.data.read(), form.by_hand.data
    return service.receive(db.session, content, sending, by_hand=by_hand, actor=identity, now=clock.now())


def _lead_on(outcome: ImportedList | IncomingFile) -> Response:
    """To the result; where the columns are to be named, to that page."""
    if isinstance(outcome, ImportedList):
        return lead_to_result(outcome)
    return redirect(url_for("discoveries.name_columns", incoming_id=outcome.id))


@blueprint.get("/discoveries/empty-list.xlsx")
@requires(Permission.IMPORT_LIST)
def empty_list() -> Any:
    """A list to be filled in, with the headings that are understood."""
    headings = [column.label for column in ListColumn]
    return lambda: _workbook([headings], "발굴 명단 서식.xlsx")


@blueprint.get("/discoveries/lists/<int:list_id>")
@requires(Permission.IMPORT_LIST, list_from_url)
def show_list(line: ListLine) -> Any:
    """What became of a list: how many were taken in, joined, held, and what has to be put right."""
    identity, now = current_identity(), clock.now()
    bad = queries.list_rows(db.session, identity, line.imported.id, RowOutcome.BAD, limit=SHOWN_TO_FIX)
    shown = [line_of(row, today=clock.korean_date(now)) for row in bad[:SHOWN_TO_FIX]]
    subject = f"list:{line.imported.id}"
    audit.record(db.session, Action.LIST, subject=subject, row_count=len(shown), actor=identity, now=now)
    return render_template(
        "discoveries/show_list.html", line=line, imported=line.imported, bad=shown,
        round_form=round_form_of(line.imported, identity), may_leave=may_leave(line.imported, identity),
    )  # fmt: skip


@blueprint.get("/discoveries/lists/<int:list_id>/rows")
@requires(Permission.IMPORT_LIST, list_from_url)
def list_rows(line: ListLine) -> Any:
    """The rows of one outcome, each leading to its household."""
    identity, now = current_identity(), clock.now()
    outcome, after = _chosen_outcome(), asked_key()
    found = queries.list_rows(db.session, identity, line.imported.id, outcome, after=after, limit=ROWS)
    rows = [line_of(row, today=clock.korean_date(now)) for row in found[:ROWS]]
    next_key = str(rows[-1].row.row_number) if len(found) > ROWS else None
    _record_rows(line, rows, identity, now)
    page = Page(rows, next_key, after is None, line.counts[outcome])
    return render_template(
        "discoveries/rows.html", line=line, imported=line.imported, page=page, outcome=outcome, outcomes=list(RowOutcome)
    )  # fmt: skip


def _chosen_outcome() -> RowOutcome:
    wanted = request.args.get("outcome", "")
    return RowOutcome(wanted) if wanted in {outcome.value for outcome in RowOutcome} else RowOutcome.NEW


def _record_rows(line: ListLine, rows: list[Any], identity: Identity, now: Any) -> None:
    ids = ",".join(str(each.row.household_id) for each in rows if each.row.household_id)
    subject = f"list:{line.imported.id}"
    audit.record(db.session, Action.LIST, subject=subject, row_count=len(rows), detail=ids, actor=identity, now=now)


@blueprint.get("/discoveries/lists/<int:list_id>/rows-to-fix.xlsx")
@requires(Permission.IMPORT_LIST, list_from_url)
def rows_to_fix(line: ListLine) -> Any:
    """The rows that could not be taken in, with the reasons: to be put right and sent again."""
    identity = current_identity()
    table = queries.rows_to_fix(db.session, identity, line.imported)
    audit.record(
        db.session, Action.EXPORT, subject=f"list:{line.imported.id}", row_count=len(table) - 1,
        purpose="명단의 고칠 행 바로잡기", actor=identity, now=clock.now(),
    )  # fmt: skip
    return lambda: _workbook(table, f"고칠 행 {line.imported.id}.xlsx")


def _workbook(table: list[Any], name: str) -> Any:
    content = BytesIO(write_xlsx(table, sheet="명단"))
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=name)
