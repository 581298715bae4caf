"""What the morning and the escalation cost for a whole 시군구, on both databases.

    python -m tests.benchmarks.reminders [--households 100000] [--database sqlite]

* The escalation that tells everything for the first time, and the next hour's, which finds nothing new to tell.
* A morning: everybody of every centre, with what waits for them and the mail that says so.

Prints figures, asserts nothing but that the second run of each tells nobody.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from app.accounts.models import Account
from app.alerts.models import Mail
from app.config import MailSettings, Settings
from app.core import clock
from app.extensions import db
from app.factory import create_app
from app.reminders.jobs import escalate_overdue, tell_mornings
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from tests.benchmarks.population import Population, fill
from tests.databases import TEMPLATES, clean_up

Work = Callable[[Session, datetime], int]


def main() -> None:
    """Print everything for each database."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--database", choices=sorted(TEMPLATES), action="append")
    given = parser.parse_args()
    for kind in given.database or sorted(TEMPLATES):
        with tempfile.TemporaryDirectory() as folder:
            measure(kind, Path(folder), given.households)
            clean_up(Path(folder))


def measure(kind: str, folder: Path, households: int) -> None:
    """Fill one database and time the jobs on it."""
    now = _working_morning()
    population = Population(households, households * 10, today=clock.korean_date(now), lean=True)
    database = TEMPLATES[kind](folder, lambda session: fill(session, population)).copy()
    mail = MailSettings("127.0.0.1", 25, "outreach@hanbit.example")
    app = create_app(Settings(folder, database.url, "a secret of nobody", base_url="https://a.example", mail=mail))
    with app.app_context():
        db.session.execute(update(Account).values(email="somebody@hanbit.example"))
        db.session.commit()
    print(f"{kind}, {households:,} households")
    for name, work in (("escalation", escalate_overdue), ("morning", tell_mornings)):
        for which in ("first", "again"):
            count, seconds = _timed(app, work, now)
            print(f"  {name:12} {which}: {count:6,} told in {seconds:6.2f} s")
        assert count == 0, f"{name} told somebody a second time"
    with app.app_context():
        print(f"  {db.session.scalar(select(func.count()).select_from(Mail)):,} mails written")
        db.engine.dispose()
    database.engine.dispose()


def _timed(app: Flask, work: Work, now: datetime) -> tuple[int, float]:
    with app.app_context():
        began = time.perf_counter()
        return work(db.session, now), time.perf_counter() - began


def _working_morning() -> datetime:
    """Half past seven on the last weekday."""
    local = clock.korean_time(clock.now())
    day = local - timedelta(days=max(0, local.weekday() - 4))
    return day.replace(hour=7, minute=30, second=0, microsecond=0)


if __name__ == "__main__":
    main()
