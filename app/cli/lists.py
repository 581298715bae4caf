"""Take in a discovery list."""

from __future__ import annotations

from pathlib import Path

import click

from app.accounts import queries as accounts
from app.cli.entry import main, open_app, person_called
from app.core import clock
from app.core.database import unit_of_work
from app.core.tables.writing import write_xlsx
from app.discoveries import queries as lists
from app.discoveries import service as discoveries
from app.discoveries.rules import RowOutcome
from app.extensions import db


@main.command("import-list")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--centre", help="Take rows without 행정동 into this centre.")
@click.option("--by", "login", required=True, help="Login of the person who imports; scope and access log are theirs.")
@click.option("--bad-rows", type=click.Path(path_type=Path), help="Where to write the rows to be put right (XLSX).")
def import_list(file: Path, centre: str | None, login: str, bad_rows: Path | None) -> None:
    """Import a discovery list (XLSX, or CSV in UTF-8 or CP949). The same file twice changes nothing."""
    with open_app().app_context(), unit_of_work(db.session):
        now = clock.now()
        place = accounts.find_centre(db.session, centre) if centre else None
        if centre and place is None:
            raise click.ClickException(f"no such centre: {centre}")
        who = person_called(login)
        taken = discoveries.import_list(
            db.session, file.read_bytes(), title=file.stem, centre=place, actor=who, now=now
        )
        line = lists.get_list(db.session, who, taken.id)
        bad = lists.rows_to_fix(db.session, who, taken) if line.counts[RowOutcome.BAD] else None
        click.echo(f"{line.seen} rows: " + ", ".join(f"{each.label} {line.counts[each]}" for each in RowOutcome))
    if bad and bad_rows:
        bad_rows.write_bytes(write_xlsx(bad, sheet="고칠 행"))
        click.echo(f"rows to put right: {bad_rows}")
