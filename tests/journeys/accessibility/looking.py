"""What a page must be for everybody: nothing axe objects to, nothing wider than the screen, nothing to complain about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (360, 768, 1280)
HEIGHT = 900
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
"""All of axe's rules. Without `preload` it does not fetch the style sheets again for a rule that is switched off."""
CONTRAST = EVERYTHING | {"runOnly": ["color-contrast"]}
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > room + 1)
    .map((element) => `${element.tagName} ${element.className}`).slice(0, 3);
}"""


def faults_at_every_width(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open, at each width and in both themes."""
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        yield from (f"{width}: {fault}" for fault in (*_violations(page, EVERYTHING), *_overflow(page)))
    page.set_viewport_size({"width": WIDTHS[1], "height": HEIGHT})
    page.evaluate("document.documentElement.dataset.theme = 'contrast'")
    yield from (f"high contrast: {fault}" for fault in _violations(page, CONTRAST))


def _violations(page: Page, options: dict[str, Any]) -> Iterator[str]:
    found = page.evaluate("options => axe.run(document, options)", options)
    for violation in found["violations"]:
        for node in violation["nodes"][:3]:
            yield f"{violation['id']} at {node['target']}: {node['failureSummary']} {node['html'][:160]}"


def _overflow(page: Page) -> Iterator[str]:
    yield from (f"wider than the screen: {element}" for element in page.evaluate(OVERFLOW))
