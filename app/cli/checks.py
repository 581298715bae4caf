"""Prove what is stored: the access log, the answers of the due engine."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from app.audit.queries import find_broken_rows
from app.cli.entry import main, open_app
from app.core import clock
from app.core.database import unit_of_work
from app.core.holidays import working_days
from app.extensions import db
from app.follow_ups import service as follow_ups
from app.follow_ups.rules import DocumentError, answer_document


@main.command("verify-log")
def verify_log() -> None:
    """Walk the access log's hash chains; names each broken row and exits with 1 when there is one."""
    with open_app().app_context():
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
    with open_app().app_context():
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
