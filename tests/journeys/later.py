"""Serve the product on a day to come: `python -m tests.journeys.later DAYS PORT`. The clock ticks on from there."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import time_machine
from app.cli import main


def serve(days: int, port: str) -> None:
    """Until the process is ended."""
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=True):
        main(["serve", "--port", port])


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2])
