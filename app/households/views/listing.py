"""The list of households, narrowed by its address, and the search, whose words stand in no address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import make_response, redirect, render_template, url_for

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts.queries import list_centres
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.households import queries
from app.households.forms import FilterForm, SearchForm
from app.households.queries import MOST_FOUND
from app.households.rules import LONG_UNSEEN_DAYS, parse_search
from app.households.views.blueprint import blueprint
from app.web.paging import Page
from app.web.security import current_identity, requires

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One tap that narrows the list, or widens it again where it stands already."""

    label: str
    url: str
    is_current: bool
    count: int | None
    """How many rows the tap leads to; None where it takes the narrowing back."""


@blueprint.get("/households")
@requires(Permission.LIST_HOUSEHOLDS)
def list_households() -> Any:
    """Households of the scope, fifty a page."""
    identity, today = current_identity(), clock.today()
    form = _filter_form(identity)
    wanted, after = form.to_filter(today), form.after.data
    rows = queries.list_households(db.session, identity, wanted, after=after, limit=PER_PAGE)
    shown = rows[:PER_PAGE]
    page = Page(
        queries.lines_of(shown, today=today), str(shown[-1].id) if len(rows) > PER_PAGE else None, after is None,
        total=queries.count_households(db.session, identity, wanted),
    )  # fmt: skip
    answer = render_template(
        "households/list.html", page=page, filters=form, shortcuts=_shortcuts(form, identity, today), search=SearchForm(),
        has_filters=bool(form.to_arguments()), shows_centre=len(identity.centre_ids) > 1,
    )  # fmt: skip
    _record(Action.LIST, [row.id for row in shown], identity)
    return answer


def _filter_form(identity: Identity) -> FilterForm:
    form = FilterForm()
    form.offer(queries.list_responsible(db.session, identity), list_centres(db.session, identity))
    form.understood()
    return form


def _shortcuts(form: FilterForm, identity: Identity, today: date) -> list[Shortcut]:
    """The ways to narrow that people use most, each with what it leaves of the list as it stands."""
    chosen = form.to_arguments()
    ways = [
        ("담당 없음", "who", "none"),
        ("안전 표시", "flagged", "1"),
        (f"{LONG_UNSEEN_DAYS}일 넘게 못 봄", "unseen", "1"),
    ]
    if identity.role in (Role.WORKER, Role.NURSE, Role.SUPERVISOR):
        ways.insert(0, ("내 담당", "who", "mine"))
    narrowed = [form.narrowed_by(name, value, today) for _label, name, value in ways]
    counts = queries.count_each(db.session, identity, narrowed)
    return [
        _shortcut(label, name, value, chosen, count) for (label, name, value), count in zip(ways, counts, strict=True)
    ]


def _shortcut(label: str, name: str, value: str, chosen: dict[str, str], count: int) -> Shortcut:
    is_current = chosen.get(name) == value
    rest = {key: kept for key, kept in chosen.items() if key != name}
    arguments: dict[str, Any] = rest if is_current else rest | {name: value}
    url = url_for("households.list_households", **arguments)
    return Shortcut(label, url, is_current, None if is_current else count)


@blueprint.get("/households/search")
@requires(Permission.LIST_HOUSEHOLDS)
def search_page() -> Any:
    """Whoever comes here by an address (after signing in again) finds the box on the list."""
    return redirect(url_for("households.list_households"))


@blueprint.post("/households/search")
@requires(Permission.LIST_HOUSEHOLDS)
def search() -> Any:
    """Find households; the answer is the same for «none» and for «not yours»."""
    identity, form = current_identity(), SearchForm()
    form.validate()
    wanted = parse_search(form.query.data or "")
    found = [] if form.errors else queries.search(db.session, identity, wanted)
    page = render_template(
        "households/search.html", search=form, found=queries.lines_of(found, today=clock.today()),
        is_searchable=not wanted.is_empty, is_cut=len(found) == MOST_FOUND, most=MOST_FOUND,
        shows_centre=len(identity.centre_ids) > 1,
    )  # fmt: skip
    if not form.errors and not wanted.is_empty:
        _record(Action.SEARCH, [household.id for household in found], identity)
    return make_response(page, form.status)


def _record(action: Action, household_ids: Sequence[int], identity: Identity) -> None:
    audit.record_list(db.session, action, household_ids, subject="households", actor=identity, now=clock.now())
