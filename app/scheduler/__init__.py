"""What runs by itself: the whole timetable as one table (`timetable`), the tick that reads it (`ticking`), and how it
all stands (`overview`).

The database says what is due; this says when to look. One process leads at a time, by a lock that dies with it; each
period of each job is a row first, claimed by whoever leads (`app/jobs/service.py`). APScheduler reads the crontab and
nothing else: its own tick follows the wall clock and stands still for as long as that was set back.
"""

from app.scheduler.overview import JobLine, Overview, lines_of, overview
from app.scheduler.ticking import Ticker, run_by_hand, start
from app.scheduler.timetable import TIMETABLE, Job, job_named

__all__ = [
    "TIMETABLE", "Job", "JobLine", "Overview", "Ticker", "job_named", "lines_of", "overview", "run_by_hand", "start",
]  # fmt: skip
