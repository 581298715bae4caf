"""Every form and every question in an address that the product's pages hold, found by following their links.

The walk takes longer than any form, so each role is walked once in a test run, by whichever worker comes first; the
town is the same in every database (see `furnishing`), so what one worker finds is true for all.
"""

from __future__ import annotations

import fcntl
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from tests.browsing import HTML, Browser
from tests.integration.bad_input.sheets import Control, Sheet, read
from werkzeug.exceptions import HTTPException

ENOUGH = 150
"""Pages looked at for one role; more would be more rows of the same lists."""
MOST_ALIKE = 3
"""Forms of one endpoint that are tried, where they ask different things."""
_KEYS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")

Key = tuple[Any, ...]


def shape(path: str) -> str:
    """Addresses that differ in a number or an id alone are one."""
    return _KEYS.sub("0", path)


def endpoint_of(app: Flask, sheet: Sheet) -> str:
    """The endpoint a form is sent to; its path where there is none."""
    path = urlsplit(sheet.action).path
    with suppress(HTTPException):
        return str(app.url_map.bind("localhost").match(path, method=sheet.method.upper())[0])
    return path


def key_of(sheet: Sheet) -> Key:
    """What makes two forms one: where they lead, and what they ask. Questions of one page are one, whatever they ask."""
    names = tuple(sorted({shape(name) for name in sheet.controls})) if sheet.method == "post" else ()
    return sheet.method, shape(urlsplit(sheet.action).path), names


def walk(browser: Browser, *starts: str) -> list[Sheet]:
    """Every form of every page this browser can reach from these, each kind once."""
    found: dict[Key, Sheet] = {}
    seen, waiting = {shape(start) for start in starts}, deque(starts)
    while waiting and len(seen) < ENOUGH:
        sheets, links = look_at(browser, waiting.popleft())
        for sheet in sheets:
            known = found.setdefault(key_of(sheet), sheet)
            known.controls = {**sheet.controls, **known.controls}
        for link in links:
            if shape(link) not in seen:
                seen.add(shape(link))
                waiting.append(link)
    return list(found.values())


def look_at(browser: Browser, path: str) -> tuple[list[Sheet], list[str]]:
    """The forms of one page, what its links ask by their addresses, and where it leads."""
    answer = browser.open(path)
    location = answer.headers.get("Location")
    if location:
        return [], [location]
    if answer.mimetype != HTML or answer.status_code != 200:
        return [], []
    reading = read(answer.get_data(as_text=True), path)
    return [*reading.sheets, *_questions(reading.links)], reading.links


def _questions(links: list[str]) -> Iterator[Sheet]:
    """What stands in the addresses of links, as forms that somebody could fill in."""
    for link in links:
        parts = urlsplit(link)
        if parts.query:
            given = {name: Control(name, "hidden", values=[value]) for name, value in parse_qsl(parts.query)}
            yield Sheet(link, parts.path, "get", controls=given)


def share(folder: Path, makers: Mapping[str, Callable[[], Iterable[Sheet]]]) -> dict[str, list[Sheet]]:
    """What each maker finds, by its name: made by the first worker that comes to it and read by the others."""
    files = {name: folder / f"forms-{name}.json" for name in makers}
    for waits in (False, True):
        for name, make in makers.items():
            with files[name].with_suffix(".lock").open("w") as lock, suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not files[name].exists():
                    files[name].write_text(json.dumps([asdict(sheet) for sheet in make()]))
    return {name: [_sheet(**given) for given in json.loads(file.read_text())] for name, file in files.items()}


def _sheet(controls: dict[str, Any], **rest: Any) -> Sheet:
    return Sheet(controls={name: Control(**given) for name, given in controls.items()}, **rest)


def few_alike(app: Flask, sheets: Iterable[tuple[Any, Sheet]]) -> Iterator[tuple[Any, Sheet]]:
    """The forms, each kind once, of each endpoint a few."""
    known, counts = set[Key](), Counter[tuple[str, str]]()
    for owner, sheet in sheets:
        place = sheet.method, endpoint_of(app, sheet)
        if key_of(sheet) not in known and counts[place] < MOST_ALIKE:
            known.add(key_of(sheet))
            counts[place] += 1
            yield owner, sheet
