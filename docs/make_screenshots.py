"""Draw the pictures of the users' guides anew: `.venv/bin/python docs/make_screenshots.py`.

Seeds the fictional district into a temporary folder, goes in Chromium through the day of a nurse, a team leader, the
시군구 and the administrator, and writes docs/images/*.png. CHROMIUM may name another browser than the one found; with
Debian's `chromium-l10n` its date and time boxes speak Korean.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright
from screenshots import day_scenes as day
from screenshots import office_scenes as office
from screenshots import planning_scenes as planning
from screenshots import record_scenes as records
from screenshots import rules_scenes as rules
from screenshots import safety_scenes as safety
from screenshots import visit_scenes as visits
from screenshots.camera import Camera
from screenshots.demo_district import district
from screenshots.tablet import Guide

IMAGES = Path(__file__).resolve().parent / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=ko-KR"]
SCENES: tuple[Callable[[Guide], None], ...] = (
    office.centre_day, office.calendar, office.workload, office.week_behind, rules.days_off, rules.ladder,
    rules.instruments, rules.group_table, rules.jobs, safety.board, safety.centre_incidents, records.questions,
    records.unentered, planning.own_week, planning.feed, planning.assessment, planning.neighbours,
    day.door, day.time_out, day.today, day.brought_forward, day.before_the_door, day.history, day.search,
    day.care_group, safety.warning, records.turned_round, records.taken_back, safety.alone, safety.incident,
    visits.put_right, visits.visit, records.second_note, records.after, visits.without_signal, visits.draft,
    day.absence, day.late_and_corrected, day.paper, day.alerts, day.who_sees,
    office.cover, office.protection, rules.rules,
)  # fmt: skip
"""Those that only look come first; then in the order of the day: what one scene records the next one shows."""


def chromium() -> str | None:
    """The browser to drive; None lets Playwright take its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


def main() -> None:
    """Write every picture anew."""
    IMAGES.mkdir(exist_ok=True)
    with district() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=FLAGS, env={**os.environ, "LANGUAGE": "ko"}
        )
        guide = Guide(browser, place, Camera(IMAGES))
        for scene in SCENES:
            sys.stderr.write(f"{scene.__name__}\n")
            scene(guide)
        browser.close()


if __name__ == "__main__":
    main()
