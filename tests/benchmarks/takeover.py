"""How long nobody leads after the leader was killed with -9 in the middle of a job, and until that job is done after all.

    python -m tests.benchmarks.takeover [--kills 5] [--database postgresql sqlite]

Real processes of the product (`outreach jobs serve`, with PostgreSQL two `outreach serve` as well) on one database; a
fresh process joins after each kill. Prints seconds, and their ratio to the five seconds that are allowed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from sqlalchemy.orm import Session
from tests.databases import TEMPLATES, clean_up
from tests.factories.town import build_town
from tests.integration.jobs.bell import RINGS_FOR
from tests.integration.jobs.fleet import Fleet

LIMIT_SECONDS = 5.0


def main() -> None:
    """Print the times of each database."""
    asked = argparse.ArgumentParser(description="seconds without a leader")
    asked.add_argument("--kills", type=int, default=5)
    asked.add_argument("--database", nargs="+", choices=sorted(TEMPLATES), default=sorted(TEMPLATES))
    wanted = asked.parse_args()
    print(f"{'database':<12}{'':<28}{'median s':>9}{'worst s':>9}{'worst / limit':>15}")
    for kind in wanted.database:
        with tempfile.TemporaryDirectory(prefix="takeover-") as folder:
            measure(kind, Path(folder), wanted.kills)
            clean_up(Path(folder))


def measure(kind: str, folder: Path, kills: int) -> None:
    """Kill so many leaders of one fleet, and print what it took."""
    templates = TEMPLATES[kind](folder, _fill)
    database = templates.copy()
    fleet = Fleet(database, folder)
    try:
        _begin(fleet, kind)
        times = [_kill(fleet) for _ in range(kills)]
    finally:
        fleet.close()
        templates.drop(database)
    _print(kind, "until another leads", [led for led, _done in times])
    _print(kind, f"until the {RINGS_FOR} s job is done", [done for _led, done in times])


def _fill(session: Session) -> None:
    build_town(session)


def _begin(fleet: Fleet, kind: str) -> None:
    for _ in range(2):
        fleet.begin_scheduler()
        if kind == "postgresql":
            fleet.begin_web_worker()
    fleet.until(fleet.sounds)
    fleet.until(lambda: all(worker.is_healthy() for worker in fleet.web_workers))


def _kill(fleet: Fleet) -> tuple[float, float]:
    """Seconds until another leads, and until the run that was cut off is done."""
    _killed, cut_off = fleet.kill_in_the_middle()
    began = time.monotonic()
    fleet.until(fleet.leader)
    led = time.monotonic() - began
    fleet.until(lambda: any(run.id == cut_off.id and run.finished_at for run in fleet.runs()))
    done = time.monotonic() - began
    fleet.begin_scheduler()
    time.sleep(5)  # until the newcomer waits for its turn
    return led, done


def _print(kind: str, what: str, seconds: list[float]) -> None:
    worst = max(seconds)
    print(f"{kind:<12}{what:<28}{median(seconds):>9.2f}{worst:>9.2f}{worst / LIMIT_SECONDS:>15.2f}")


if __name__ == "__main__":
    main()
