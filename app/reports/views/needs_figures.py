"""욕구영역·가구유형별 현황 on a page: every number opens exactly its households."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.needs.rules import NeedHouseholdType
from app.reports import queries
from app.reports.facts.needs_figures import SEVERAL_SHARE, count_needs, households_of
from app.reports.rules import NeedsFigure, ReportCode, share_words
from app.reports.service import COUNTING_RULES
from app.reports.views.asking import asked
from app.reports.views.blueprint import blueprint
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires

AT_ONCE = 50


@blueprint.get("/reports/needs")
@requires(Permission.SEE_CASES)
def needs_figures() -> Any:
    """Needs of a period by domain and type of household, and how many households have several."""
    identity, today = current_identity(), clock.today()
    wanted = asked(identity, today)
    counts = count_needs(db.session, identity, wanted.scope)

    def number(**cell: Any) -> int:
        return len(households_of(counts, **cell))

    return render_template(
        "reports/needs_figures.html", asked=wanted, counts=counts, types=list(NeedHouseholdType), figures=list(NeedsFigure),
        number=number, share=_share, rules=COUNTING_RULES[ReportCode.NEEDS], share_title=SEVERAL_SHARE.title,
    )  # fmt: skip


@blueprint.get("/reports/needs/rows")
@requires(Permission.SEE_CASES)
def needs_figure_rows() -> Any:
    """The households behind one number."""
    identity, now = current_identity(), clock.now()
    wanted = asked(identity, clock.korean_date(now))
    counts = count_needs(db.session, identity, wanted.scope)
    domain = next((pair for pair in counts.domains if pair[0] == request.args.get("domain")), None)
    figure, household_type = _figure(), _type()
    keys = households_of(counts, domain=domain[0] if domain else None, figure=figure, household_type=household_type)
    found = queries.list_households(db.session, identity, keys, after=asked_key(), limit=AT_ONCE)
    shown = found[:AT_ONCE]
    page = Page(shown, str(shown[-1].id) if len(found) > AT_ONCE else None, asked_key() is None, len(keys))
    audit.record_list(
        db.session, Action.LIST, [each.id for each in shown], subject="reports:R05", actor=identity, now=now
    )
    return render_template(
        "reports/needs_figure_rows.html", page=page, asked=wanted, what=domain[1] if domain else figure.label,
        household_type=household_type,
    )  # fmt: skip


def _share(several: int, surveyed: int) -> str:
    return share_words(several * 1000 // surveyed if surveyed else None)


def _figure() -> NeedsFigure:
    wanted = request.args.get("figure", "")
    return NeedsFigure(wanted) if wanted in set(NeedsFigure) else NeedsFigure.SURVEYED


def _type() -> NeedHouseholdType | None:
    wanted = request.args.get("type", "")
    return NeedHouseholdType(wanted) if wanted in set(NeedHouseholdType) else None
