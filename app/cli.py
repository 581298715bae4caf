"""The `outreach` command line: set up, serve, look after, import, print."""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts import queries as accounts
from app.accounts.rules import AccountDetails
from app.accounts.service import create_account, create_centre, create_district
from app.attachments.service import FileStore
from app.audit.queries import find_broken_rows
from app.config import SettingsError, read_settings
from app.core import clock, migrations
from app.core.database import unit_of_work
from app.core.errors import NotFound, RuleBroken
from app.core.holidays import working_days
from app.core.tables.writing import write_xlsx
from app.discoveries import queries as lists
from app.discoveries import service as discoveries
from app.discoveries.rules import RowOutcome
from app.extensions import db
from app.factory import create_app
from app.follow_ups import service as follow_ups
from app.follow_ups.rules import DocumentError, answer_document
from app.households.queries import find_by_number
from app.reports.documents import draw
from app.reports.rules import Masking, Purpose, ReportCode, SheetForm, SheetWishes
from app.reports.service import PrintRequest, print_report
from app.seed.load import load_demo
from app.seed.pictures import load_pictures
from app.seed.reference import load_reference
from app.visits.queries import get_visit
from app.visits.queries.days import list_visits_of_day
from app.web.logs import configure_logs


class _Outreach(click.Group):
    """Turns what may go wrong into one clear line and exit code 2, without a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (SettingsError, DocumentError) as error:
            raise click.ClickException(str(error)) from error
        except RuleBroken as broken:
            raise click.ClickException(broken.text) from broken
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException("the database does not answer, or needs `outreach init`") from error


@click.group(cls=_Outreach, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """찾아가는 복지 사례관리: outreach welfare case management."""
    configure_logs()


def _app() -> Flask:
    os.umask(0o077)  # the database and everything beside it belong to the server's user alone
    app = create_app(read_settings())
    gc.freeze()  # what lives as long as the process is not searched for garbage again and again: a third of a refresh
    return app


def system_identity(district_id: int, now: datetime) -> Identity:
    """Who acts when a command does; the access log shows it as the system."""
    origin = Origin(device="outreach command", request_id=f"command-{now:%Y%m%d%H%M%S}")
    return Identity(None, "시스템", Role.ADMIN, None, "", district_id, frozenset(), origin)


@main.command()
def init() -> None:
    """Create or upgrade the database and load the rules every installation needs. Safe to run again."""
    app = _app()
    with app.app_context():
        migrations.upgrade(db.engine)
        with unit_of_work(db.session):
            added = load_reference(db.session)
    click.echo(f"database at {migrations.head_revision()}; {added} reference rows added")


@main.command()
@click.option("--accounts-file", type=click.Path(path_type=Path), help="Where to write the generated accounts.")
def seed(accounts_file: Path | None) -> None:
    """Fill an empty database with the fictional 한빛구 (refused when it holds households)."""
    app = _app()
    with app.app_context():
        settings = app.config["OUTREACH"]
        path = accounts_file or settings.instance / "demo-accounts.json"
        loaded = load_demo(db.session, accounts_file=path, now=clock.now())
        with unit_of_work(db.session):
            load_pictures(db.session, FileStore(settings.files), now=clock.now())
    click.echo(f"{loaded.households} households, {loaded.members} members, {loaded.visits} visits; accounts in {path}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--threads", default=4, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve with waitress, and run the timetable in the same process."""
    from waitress import serve as waitress_serve

    from app import scheduler

    app = _app()
    logging.getLogger("outreach").info("serving")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # waitress ends its requests, then we our jobs
    ticker = scheduler.start(app) if app.config["OUTREACH"].run_jobs else None
    click.echo(f"http://{host}:{port}/")
    try:
        waitress_serve(app, host=host, port=port, threads=threads, ident=None)
    except OSError as error:
        raise click.ClickException(f"cannot serve at {host}:{port}: {error.strerror}") from error
    finally:
        if ticker:
            ticker.stop()


@main.command("create-account")
@click.option("--login", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--district", help="시군구; created when there is none yet.")
@click.option(
    "--centre", help="Centre by 행정동, name, code or id; created as «NAME 행정복지센터» with --create-centre."
)
@click.option("--create-centre", is_flag=True)
def create_account_command(
    login: str, name: str, role: str, district: str | None, centre: str | None, create_centre: bool
) -> None:
    """Create an account and print its first password once."""
    with _app().app_context(), unit_of_work(db.session):
        now = clock.now()
        home = accounts.first_district(db.session) or (create_district(db.session, district) if district else None)
        if home is None:
            raise click.ClickException("there is no district yet: name one with --district")
        place = _centre(home, centre, create_it=create_centre)
        details = AccountDetails(login=login, name=name, role=Role(role), centre_id=place.id if place else None)
        account, password = create_account(
            db.session, details, district_id=home.id, actor=system_identity(home.id, now), now=now
        )
        click.echo(f"{account.login}\t{password}")


def _centre(district: Any, name: str | None, *, create_it: bool) -> Any:
    if not name:
        return None
    found = accounts.find_centre(db.session, name)
    if found is None and create_it:
        return create_centre(db.session, district, dong=name, name=f"{name} 행정복지센터", code=name.removesuffix("동"))
    if found is None:
        raise click.ClickException(f"no such centre: {name} (make it with --create-centre)")
    return found


@main.command("import-list")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--centre", help="Take rows without 행정동 into this centre.")
@click.option("--by", "login", required=True, help="Login of the person who imports; scope and access log are theirs.")
@click.option("--bad-rows", type=click.Path(path_type=Path), help="Where to write the rows to be put right (XLSX).")
def import_list(file: Path, centre: str | None, login: str, bad_rows: Path | None) -> None:
    """Import a discovery list (XLSX, or CSV in UTF-8 or CP949). The same file twice changes nothing."""
    with _app().app_context(), unit_of_work(db.session):
        now = clock.now()
        place = accounts.find_centre(db.session, centre) if centre else None
        if centre and place is None:
            raise click.ClickException(f"no such centre: {centre}")
        who = _identity(login)
        taken = discoveries.import_list(
            db.session, file.read_bytes(), title=file.stem, centre=place, actor=who, now=now
        )
        line = lists.get_list(db.session, who, taken.id)
        bad = lists.rows_to_fix(db.session, who, taken) if line.counts[RowOutcome.BAD] else None
        click.echo(f"{line.seen} rows: " + ", ".join(f"{each.label} {line.counts[each]}" for each in RowOutcome))
    if bad and bad_rows:
        bad_rows.write_bytes(write_xlsx(bad, sheet="고칠 행"))
        click.echo(f"rows to put right: {bad_rows}")


def _identity(login: str) -> Identity:
    account = accounts.find_account_by_login(db.session, login)
    if account is None or account.disabled_at:
        raise click.ClickException(f"no such account: {login}")
    origin = Origin(device="outreach command")
    return accounts.identity_of(db.session, account, origin=origin, today=clock.today())


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
    with _app().app_context(), unit_of_work(db.session):
        who = _identity(login)
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


@main.command("verify-log")
def verify_log() -> None:
    """Walk the access log's hash chains; names each broken row and exits with 1 when there is one."""
    with _app().app_context():
        breaks = list(find_broken_rows(db.session))
    for found in breaks:
        click.echo(f"{found.chain} #{found.position}: {found.text}")
    click.echo("broken" if breaks else "whole")
    sys.exit(1 if breaks else 0)


@main.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
def due(file: Any) -> None:
    """Answer FILE.json: what is due, when and why. Touches no database."""
    try:
        answers = answer_document(file.read(), working_days_for=working_days)
    except DocumentError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(json.dumps(answers, ensure_ascii=False, indent=1))


@main.group("follow-ups")
def follow_ups_group() -> None:
    """The stored answers of the due engine: prove them, make them anew."""


@follow_ups_group.command("verify")
@click.option("--repair", is_flag=True, help="Compute what is untrue anew and store it.")
def verify_follow_ups(repair: bool) -> None:
    """Compare every stored answer with the engine's own; names each household that differs and exits with 1."""
    with _app().app_context():
        today, checked, untrue = clock.today(), 0, 0
        for ids in follow_ups.all_households(db.session):
            with unit_of_work(db.session):
                found = follow_ups.find_untrue(db.session, ids, today=today)
                if found and repair:
                    follow_ups.refresh_households(db.session, ids, today=today)
            checked, untrue = checked + len(ids), untrue + len(found)
            for number, what in found.items():
                click.echo(f"{number}: {what}{' (repaired)' if repair else ''}")
    click.echo(f"{checked} households, {untrue} untrue")
    sys.exit(1 if untrue and not repair else 0)


@main.group()
def jobs() -> None:
    """The timetable: list it, run one job now, or tick in a process of its own."""


@jobs.command("list")
def list_jobs() -> None:
    """Who leads; of every job when it runs in Korean time, its last and next run, and what happens when it is late."""
    from app import scheduler

    with _app().app_context(), unit_of_work(db.session):
        found = scheduler.overview(db.session, scheduler.TIMETABLE, now=clock.now())
        for line in scheduler.lines_of(found):
            click.echo(line)


@jobs.command("run")
@click.argument("name")
def run_job(name: str) -> None:
    """Run one job now and print how many rows it touched; exit 1 when it failed."""
    from app import scheduler

    job = scheduler.job_named(name)
    if job is None:
        raise click.ClickException(f"no such job: {name}")
    run = scheduler.run_by_hand(_app(), job)
    if run.failed_at:
        raise click.ClickException(f"{name} failed: {run.error}")
    click.echo(f"{name}: {run.count}")


@jobs.command("serve")
def serve_jobs() -> None:
    """Tick in this process until it is stopped; several may run, one leads."""
    from app import scheduler

    over = threading.Event()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_, lambda *_: over.set())
    ticker = scheduler.start(_app())
    click.echo("ticking")
    over.wait()
    ticker.stop()
