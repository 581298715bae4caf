"""Pages a second of the printed papers, beside a bare ReportLab canvas that sets the same rows.

    python -m tests.benchmarks.pdf

The bare canvas measures and wraps nothing: it cuts its texts after a fixed count of letters, centres nothing, and
draws each string with `drawString`. Both run by turns in one process, so the ratio means something on a busy machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from statistics import median

from app.reports import documents
from app.reports.documents import fonts
from app.reports.documents.page import LANDSCAPE, PORTRAIT, Sheet
from app.reports.rules import CaseloadFacts, CaseReportFacts, Facts
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas
from tests.unit.reports import papers

ROUNDS = 7
Row = tuple[str, ...]


def main() -> None:
    """Print a line per paper: pages and pages a second of both, and ours over bare in pages and in time."""
    print(f"{'paper':22}{'pages':>7}{'bare':>6}{'ours p/s':>10}{'bare p/s':>10}{'p/s ratio':>11}{'time ratio':>11}")
    for count in (100, 1000):
        facts = papers.caseload(count)
        rows = caseload_rows(facts)
        compare(f"caseload, {count} rows", facts, partial(bare, rows, LANDSCAPE, 48))
    report = papers.full_case_report()
    compare("case report", report, partial(bare, case_report_rows(report), PORTRAIT, 55))


def compare(name: str, facts: Facts, draw_bare: Callable[[], bytes]) -> None:
    """Draw both by turns; print the medians."""
    runs = [(timed(partial(documents.draw, facts)), timed(draw_bare)) for _ in range(ROUNDS)]
    ours, theirs = (pages(draw) for draw in (partial(documents.draw, facts), draw_bare))
    mine, other = (median(run[side] for run in runs) for side in (0, 1))
    in_time = median(bare_time / our_time for our_time, bare_time in runs)
    print(
        f"{name:22}{ours:>7}{theirs:>6}{ours / mine:>10.1f}{theirs / other:>10.1f}"
        f"{in_time * ours / theirs:>11.2f}{in_time:>11.2f}"
    )


def timed(draw: Callable[[], bytes]) -> float:
    """Seconds it takes to draw once."""
    began = time.perf_counter()
    draw()
    return time.perf_counter() - began


def pages(draw: Callable[[], bytes]) -> int:
    return len(PdfReader(BytesIO(draw())).pages)


def caseload_rows(facts: CaseloadFacts) -> list[Row]:
    """The texts that stand in the tables of the caseload report."""
    dues = [
        (due.number, due.name, due.what, f"{due.due_on}", due.status, due.because)
        for due in (*facts.overdue, *facts.this_week)
    ]
    rows = [
        (
            *(row.number, row.name, row.age, row.household_type, row.care_group, row.risk),
            *(f"{row.last_seen_on}", f"{row.next_due_on}", row.status, row.because),
        )
        for row in (*facts.without_due, *facts.unseen, *facts.households)
    ]
    return [*dues, *rows]


def case_report_rows(facts: CaseReportFacts) -> list[Row]:
    """The texts of one household's visits, readings, members and dues."""
    visits = [
        row
        for visit in facts.visits
        for row in (
            (f"{visit.happened_at}", visit.mode, visit.purpose, *visit.visited_by, *visit.members_seen),
            ("복지 기록", visit.welfare_note),
            ("간호 기록", visit.nursing_note),
            ("활력징후", visit.vitals),
            ("약속", visit.promised),
        )
    ]
    readings = [
        (f"{each.measured_at}", f"{each.systolic}/{each.diastolic}", f"{each.pulse}", f"{each.weight}", each.remark)
        for person in facts.vitals
        for each in person.readings
    ]
    members = [(each.name, each.relation, each.born, each.age, each.phone, each.note) for each in facts.members]
    return [*members, *((due.what, f"{due.due_on}", due.because) for due in facts.dues), *visits, *readings]


def bare(rows: list[Row], sheet: Sheet, letters: int) -> bytes:
    """`rows` on a bare canvas: the last text of each cut after `letters`, lines around every row."""
    buffer, face = BytesIO(), fonts.regular().name
    canvas = Canvas(buffer, pagesize=(sheet.width, sheet.height), initialFontName=face)
    y = 0.0
    for row in rows:
        lines = [row[-1][at : at + letters] for at in range(0, len(row[-1]), letters)] or [""]
        for chunk in (lines[at : at + 40] for at in range(0, len(lines), 40)):
            height = 11.0 * len(chunk) + 4.4
            if y - height < sheet.bottom:
                y = new_page(canvas, sheet, face)
            y = bare_row(canvas, sheet, row[:-1], chunk, y)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def new_page(canvas: Canvas, sheet: Sheet, face: str) -> float:
    if canvas.getPageNumber() > 1 or canvas._code:
        canvas.showPage()
    canvas.setFont(face, 8)
    canvas.setLineWidth(0.4)
    canvas.drawString(sheet.side, sheet.bottom - 20, f"{canvas.getPageNumber()}쪽")
    return sheet.height - sheet.top


def bare_row(canvas: Canvas, sheet: Sheet, cells: Row, lines: list[str], y: float) -> float:
    """One row at `y`; answers where the next begins."""
    width = sheet.body / (len(cells) + 4)
    bottom = y - 11.0 * len(lines) - 4.4
    for at, cell in enumerate(cells):
        canvas.drawString(sheet.side + at * width + 3, y - 10, cell)
        canvas.line(sheet.side + at * width, y, sheet.side + at * width, bottom)
    for at, line in enumerate(lines):
        canvas.drawString(sheet.side + len(cells) * width + 3, y - 10 - at * 11, line)
    canvas.line(sheet.side, bottom, sheet.right, bottom)
    return bottom


if __name__ == "__main__":
    main()
