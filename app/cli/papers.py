"""Print a paper to a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from app.access.identity import Identity
from app.accounts import queries as accounts
from app.cli.entry import main, open_app, person_called
from app.core import clock
from app.core.database import unit_of_work
from app.core.errors import NotFound
from app.extensions import db
from app.households.queries import find_by_number
from app.reports.documents import draw
from app.reports.rules import Masking, Purpose, ReportCode, SheetForm, SheetWishes
from app.reports.service import PrintRequest, print_report
from app.visits.queries import get_visit
from app.visits.queries.days import list_visits_of_day

COMMAND_PAPERS = {
    ReportCode.CASELOAD: "담당자별 사례현황, of --assignee",
    ReportCode.CASE_REPORT: "가구별 사례보고서, of --household",
    ReportCode.VISIT_SHEET: "방문기록지, of each --visit or of a --day",
    ReportCode.SCHEDULE: "오늘의 방문 일정표, of --assignee",
}
"""The papers a command prints, and what it must be told for each. The others ask for grounds or words on their page."""


@main.command(epilog="\b\n" + "\n".join(f"{code.value}  {words}" for code, words in COMMAND_PAPERS.items()))
@click.argument("code", type=click.Choice([code.value for code in COMMAND_PAPERS]))
@click.option("--by", "login", required=True, help="Login of the person who prints; scope and register are theirs.")
@click.option("--household", help="Household number, for R13.")
@click.option("--assignee", help="Login of the nurse or worker, for R04 and F10; of F05 with --day only their records.")
@click.option("--visit", "visit_ids", type=click.UUID, multiple=True, help="Id of a visit record, for F05; repeatable.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="A centre's records of a day in one file, for F05.")
@click.option(
    "--sheet", type=click.Choice([each.value for each in SheetForm]), help="The form of F05; the writer's own."
)
@click.option("--purpose", type=click.Choice([each.value for each in Purpose]), required=True)
@click.option(
    "--masking", type=click.Choice([each.value for each in Masking]), default=Masking.AGENCY.value, show_default=True
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def report(
    code: str, login: str, household: str | None, assignee: str | None, visit_ids: tuple[UUID, ...],
    day: datetime | None, sheet: str | None, purpose: str, masking: str, out: Path,
) -> None:  # fmt: skip
    """Print a paper to a PDF file; the print register records it."""
    with open_app().app_context(), unit_of_work(db.session):
        who = person_called(login)
        person = _colleague(who, assignee) if assignee else None
        about: dict[str, Any] = {"household": _household(who, household) if household else None, "assignee": person}
        if code == ReportCode.VISIT_SHEET:
            about = _sheets(who, visit_ids, day, person) | {"wishes": SheetWishes(SheetForm(sheet) if sheet else None)}
        wanted = PrintRequest(ReportCode(code), Masking(masking), Purpose(purpose), **about)
        record, facts = print_report(db.session, wanted, actor=who, now=clock.now())
        title = record.title
    out.write_bytes(draw(facts))
    click.echo(f"{title}: {out}")


def _sheets(who: Identity, visit_ids: tuple[UUID, ...], day: datetime | None, person: Any) -> dict[str, Any]:
    """The records to print as sheets, and the office whose paper it is."""
    if who.centre_id is None:
        raise click.ClickException("F05 is a centre's paper: --by must name somebody of a centre")
    try:
        visits = [get_visit(db.session, who, visit_id) for visit_id in visit_ids]
    except NotFound as error:
        raise click.ClickException("no such visit record in scope") from error
    if day is not None:
        people = [person.id] if person else None
        visits += list_visits_of_day(db.session, who, centre_id=who.centre_id, on=day.date(), people=people)
    unique = tuple({visit.id: visit for visit in visits}.values())
    return {"visits": unique, "centres": (accounts.find_centre(db.session, str(who.centre_id)),)}


def _household(who: Identity, number: str) -> Any:
    try:
        return find_by_number(db.session, who, number)
    except NotFound as error:
        raise click.ClickException(f"no such household in scope: {number}") from error


def _colleague(who: Identity, login: str) -> Any:
    account = accounts.find_account_by_login(db.session, login)
    if account is None or account.centre_id not in who.centre_ids:
        raise click.ClickException(f"no such person in scope: {login}")
    return account
