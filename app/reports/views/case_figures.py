"""통합사례관리 현황 on a page: every number opens exactly its cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request

from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.cases.queries import reason_label
from app.core import clock
from app.core.keys import LARGEST_KEY
from app.extensions import db
from app.reports import queries
from app.reports.queries import CountedCases
from app.reports.rules import CaseFigure
from app.reports.views.asking import asked
from app.reports.views.blueprint import blueprint
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires

AT_ONCE = 50


@blueprint.get("/reports/cases")
@requires(Permission.SEE_CASES)
def case_figures() -> Any:
    """Cases of a period by centre, by keeper, and why they were closed; the rules of counting below."""
    identity, today = current_identity(), clock.today()
    wanted = asked(identity, today)
    closures = queries.count_closures(db.session, identity, wanted.scope)
    lines = queries.count_by_centre(db.session, identity, wanted.scope)
    return render_template(
        "reports/case_figures.html", asked=wanted, lines=lines, total=_total(lines), closures=closures,
        keepers=queries.count_by_keeper(db.session, identity, wanted.scope), figures=list(CaseFigure),
        centres=queries.centres_in_figures(db.session, identity, wanted.scope),
        reasons=queries.list_reasons(db.session, identity.district_id, closures, on=wanted.last_on),
    )  # fmt: skip


@blueprint.get("/reports/cases/rows")
@requires(Permission.SEE_CASES)
def case_figure_rows() -> Any:
    """The cases behind one number."""
    identity, now = current_identity(), clock.now()
    wanted, figure, reason = asked(identity, clock.korean_date(now)), _figure(), request.args.get("reason")
    found = queries.list_counted(
        db.session, identity, wanted.scope, figure, keeper_id=_keeper(), reason=reason, after=asked_key(), limit=AT_ONCE
    )
    cases = found[:AT_ONCE]
    page = Page(cases, str(cases[-1].id) if len(found) > AT_ONCE else None, asked_key() is None)
    shown = sorted({case.household_id for case in cases})
    audit.record_list(db.session, Action.LIST, shown, subject="reports:R03", actor=identity, now=now)
    words = "" if reason is None else reason_label(db.session, identity.district_id, reason) or "사유 없음"
    return render_template("reports/case_figure_rows.html", page=page, asked=wanted, figure=figure, reason=words)


def _total(lines: Sequence[CountedCases]) -> CountedCases:
    """All centres together."""
    return CountedCases(0, "합계", {each: sum(line.numbers[each] for line in lines) for each in CaseFigure})


def _figure() -> CaseFigure:
    wanted = request.args.get("figure", "")
    return CaseFigure(wanted) if wanted in set(CaseFigure) else CaseFigure.LIVE


def _keeper() -> int | None:
    """0 is nobody; None is everybody."""
    wanted = request.args.get("keeper_id", type=int)
    return wanted if wanted is not None and 0 <= wanted <= LARGEST_KEY else None
