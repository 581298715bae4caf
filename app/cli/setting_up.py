"""Set up, fill with the demo, serve, add the first accounts."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path
from typing import Any

import click

from app.access.permissions import Role
from app.accounts import queries as accounts
from app.accounts.rules import AccountDetails
from app.accounts.service import create_account, create_centre, create_district
from app.attachments.service import FileStore
from app.cli.entry import main, open_app, system_identity
from app.core import clock, migrations
from app.core.database import unit_of_work
from app.extensions import db
from app.seed.load import load_demo
from app.seed.pictures import load_pictures
from app.seed.reference import load_reference


@main.command()
def init() -> None:
    """Create or upgrade the database and load the rules every installation needs. Safe to run again."""
    app = open_app()
    with app.app_context():
        migrations.upgrade(db.engine)
        with unit_of_work(db.session):
            added = load_reference(db.session)
    click.echo(f"database at {migrations.head_revision()}; {added} reference rows added")


@main.command()
@click.option("--accounts-file", type=click.Path(path_type=Path), help="Where to write the generated accounts.")
def seed(accounts_file: Path | None) -> None:
    """Fill an empty database with the fictional 한빛구 (refused when it holds households)."""
    app = open_app()
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

    app = open_app()
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
    with open_app().app_context(), unit_of_work(db.session):
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
