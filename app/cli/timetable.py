"""Look at the timetable and run what stands in it."""

from __future__ import annotations

import signal
import threading

import click

from app.cli.entry import main, open_app
from app.core import clock
from app.core.database import unit_of_work
from app.extensions import db


@main.group()
def jobs() -> None:
    """The timetable: list it, run one job now, or tick in a process of its own."""


@jobs.command("list")
def list_jobs() -> None:
    """Who leads; of every job when it runs in Korean time, its last and next run, and what happens when it is late."""
    from app import scheduler

    with open_app().app_context(), unit_of_work(db.session):
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
    run = scheduler.run_by_hand(open_app(), job)
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
    ticker = scheduler.start(open_app())
    click.echo("ticking")
    over.wait()
    ticker.stop()
