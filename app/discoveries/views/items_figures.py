"""A round in numbers, each of which opens exactly its rows."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.keys import LARGEST_KEY
from app.discoveries.models import Round
from app.discoveries.queries.items import lines_where
from app.discoveries.queries.items_figures import (
    burn_down,
    count_figures,
    count_workers,
    get_round,
    rows_test,
    totalled,
)
from app.discoveries.rules import ItemState
from app.discoveries.rules.items_figures import CONTACTS, OUTCOMES, PROGRESS, Figure
from app.discoveries.views.blueprint import blueprint
from app.extensions import db
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires

AT_ONCE = 50


def figured_round_from_url(session: Session, identity: Identity, *, round_id: int) -> Round:
    """The round of the URL, or 404."""
    return get_round(session, identity, round_id)


@blueprint.get("/discoveries/rounds/<int:round_id>/figures")
@requires(Permission.SEE_TRIAGE, figured_round_from_url)
def round_figures(of_round: Round) -> Any:
    """By centre, by worker, and day by day; the rules of counting below."""
    identity, today = current_identity(), clock.today()
    lines = count_figures(db.session, identity, of_round)
    days = burn_down(db.session, identity, of_round, today=today)
    return render_template(
        "discoveries/figures.html", round=of_round, lines=lines, total=totalled(lines), progress=PROGRESS,
        contacts=CONTACTS, outcomes=OUTCOMES, workers=count_workers(db.session, identity, of_round), states=list(ItemState), days=_some(days), today=today,
        most=max((day.left for day in days), default=0),
    )  # fmt: skip


def _some(days: list[Any]) -> list[Any]:
    """Each seventh day and the last: nobody reads 54 lines."""
    return [day for at, day in enumerate(days) if at % 7 == 0 or at == len(days) - 1]


@blueprint.get("/discoveries/rounds/<int:round_id>/figures/rows")
@requires(Permission.SEE_TRIAGE, figured_round_from_url)
def figure_rows(of_round: Round) -> Any:
    """The items behind one number."""
    identity, now = current_identity(), clock.now()
    figure, state = _chosen_figure(), _chosen_state()
    test = rows_test(of_round, figure, centre_id=asked_key("centre_id"), worker_id=_chosen_worker(), state=state)
    after = asked_key()
    found = lines_where(db.session, identity, test, today=clock.korean_date(now), after=after, limit=AT_ONCE)
    lines = found[:AT_ONCE]
    page = Page(lines, str(lines[-1].item.id) if len(found) > AT_ONCE else None, after is None)
    shown = [line.item.household_id for line in lines if line.item.household_id is not None]
    subject = f"round:{of_round.id}"
    audit.record_list(db.session, Action.LIST, shown, subject=subject, actor=identity, now=now)
    return render_template("discoveries/figure_rows.html", round=of_round, page=page, figure=figure, state=state)


def _chosen_figure() -> Figure:
    asked = request.args.get("figure", "")
    return Figure(asked) if asked in set(Figure) else Figure.ASSIGNED


def _chosen_state() -> ItemState | None:
    asked = request.args.get("state", "")
    return ItemState(asked) if asked in set(ItemState) else None


def _chosen_worker() -> int | None:
    """0 is nobody; None is everybody."""
    asked = request.args.get("worker_id", type=int)
    return asked if asked is not None and 0 <= asked <= LARGEST_KEY else None
