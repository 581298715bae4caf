"""The visit record (F05, 방문기록지): each visit a sheet with a head of its own, and blank ones to write on."""

from __future__ import annotations

from dataclasses import replace

from app.core.clock import korean_time
from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_file, put_head
from app.reports.documents.page import PORTRAIT
from app.reports.documents.typesetting import clean
from app.reports.documents.visit_sheet.blank import draw_blank
from app.reports.documents.visit_sheet.health import draw_health
from app.reports.documents.visit_sheet.occasion import draw_occasion
from app.reports.documents.visit_sheet.told import draw_told
from app.reports.rules.letterhead import BY_HAND, Letterhead
from app.reports.rules.visit_sheet import SheetFacts, SheetForm, VisitSheetFacts
from app.reports.rules.wording import day_of_week

TEMPLATE_VERSION = "F05-2"


def draw(facts: VisitSheetFacts) -> bytes:
    """The sheets as one PDF, A4 upright, with a bookmark for each."""
    flow = open_file(facts.letterhead, PORTRAIT)
    for at, sheet in enumerate(facts.sheets, start=1):
        _draw_sheet(flow, facts, sheet, at)
    for form in facts.blanks:
        flow.begin(form.heading, form.heading)
        put_head(flow, replace(facts.letterhead, title=form.heading, period=BY_HAND))
        draw_blank(flow, form)
    return close_paper(flow, facts, subject=facts.letterhead.period)


def _draw_sheet(flow: Flow, facts: VisitSheetFacts, sheet: SheetFacts, at: int) -> None:
    begun = korean_time(sheet.began_at)
    when = f"{day_of_week(begun.date())} {begun:%H:%M}"
    void = " · 무효" if sheet.voided else ""
    flow.begin(f"{sheet.number} {when}{void}", clean(f"{at}. {begun:%H:%M} {sheet.name} ({sheet.number}){void}"))
    put_head(flow, _own(facts.letterhead, sheet.form, when))
    empty = facts.empty.label
    draw_occasion(flow, sheet, empty)
    if sheet.form is SheetForm.NURSING:
        draw_health(flow, sheet, empty)
    draw_told(flow, sheet, empty)


def _own(letterhead: Letterhead, form: SheetForm, when: str) -> Letterhead:
    return replace(letterhead, title=form.heading, period=when)
