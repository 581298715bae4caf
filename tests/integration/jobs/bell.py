"""The product's own commands (`jobs serve`, `serve`), with a bell in place of the timetable: it rings every two seconds.

    python -m tests.integration.jobs.bell jobs serve

Ringing takes a moment and leaves one row, in the transaction that ends the run.
"""

from __future__ import annotations

import time
from datetime import datetime

from app.accounts.models import SignInFailure
from app.cli import main
from app.scheduler import Job, timetable
from sqlalchemy.orm import Session

EVERY_SECONDS = 2
RINGS_FOR = 0.5
SOUND = "a bell"


def ring(session: Session, now: datetime) -> int:
    """Leave one row, and be in the middle of it for a while."""
    session.add(SignInFailure(login_hash=SOUND, address="", at=now))
    session.flush()
    time.sleep(RINGS_FOR)
    return 1


BELL = Job("bell", "종", f"*/{EVERY_SECONDS} * * * * *", ring, "종을 칩니다.", "다음에 칩니다.")

if __name__ == "__main__":
    timetable.TIMETABLE = (BELL,)
    main()
