"""Draw the pictures of the users' guides anew: `.venv/bin/python docs/make_screenshots.py`.

Seeds the fictional district into a temporary folder, goes in Chromium through the day of a nurse, a worker, a team
leader, the 시군구 and the administrator, and writes docs/images/*.png. With names it draws only those scenes
(`… make_screenshots.py case finding.queue`). CHROMIUM may name another browser than the one found; with Debian's
`chromium-l10n` its date and time boxes speak Korean. GUIDE_DISTRICT saves the seeding: see `demo_district`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright
from screenshots import case_scenes as cases
from screenshots import day_scenes as day
from screenshots import finding_scenes as finding
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
    finding.queue, finding.held, finding.entering, finding.figures, finding.rounds, finding.columns, finding.standards,
    cases.board, cases.case, cases.put_on, cases.plan, cases.aid, cases.closing, cases.approvals,
    office.centre_day, office.calendar, office.workload, office.week_behind, rules.days_off, rules.ladder,
    rules.instruments, rules.group_table, rules.jobs, safety.board, safety.centre_incidents, records.questions,
    records.unentered, planning.own_week, planning.feed, planning.assessment, planning.neighbours,
    day.door, day.time_out, day.today, day.brought_forward, day.before_the_door, day.history, day.search,
    day.care_group, safety.warning, records.turned_round, records.taken_back, safety.alone, safety.incident,
    visits.put_right, visits.visit, records.second_note, records.after, visits.without_signal, visits.draft,
    day.absence, day.late_and_corrected, day.paper, day.alerts, day.who_sees,
    office.cover, office.protection, rules.rules,
    cases.referral, cases.conference, finding.item, finding.unreached, finding.neighbour,
)  # fmt: skip
"""Those that only look come first; then in the order of the day: what one scene records the next one shows."""


def chromium() -> str | None:
    """The browser to drive; None lets Playwright take its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


def module_of(scene: Callable[[Guide], None]) -> str:
    """`case` for a scene of case_scenes."""
    return scene.__module__.split(".")[-1].removesuffix("_scenes")


def wanted(names: list[str]) -> list[Callable[[Guide], None]]:
    """The scenes called by these names (`case.plan`, or all of `case`), in their order; all without a name."""
    called = [
        (f"{scene.__module__.split('.')[-1].removesuffix('_scenes')}.{scene.__name__}", scene) for scene in SCENES
    ]
    return [scene for full, scene in called if not names or full in names or full.split(".")[0] in names]


def main() -> None:
    """Write every picture anew, or those of the scenes that were named."""
    IMAGES.mkdir(exist_ok=True)
    with district() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=FLAGS, env={**os.environ, "LANGUAGE": "ko"}
        )
        guide = Guide(browser, place, Camera(IMAGES))
        for scene in wanted(sys.argv[1:]):
            sys.stderr.write(f"{scene.__name__}\n")
            scene(guide)
        browser.close()


if __name__ == "__main__":
    main()
