"""One record, and its correction."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.screens.visit import DraftedForm
from tests.journeys.tablet import Tablet


class RecordPage:
    """방문 기록 as it stands."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self, visit_id: object) -> RecordPage:
        """Go there by its address."""
        self.tablet.open(f"/visits/{visit_id}")
        return self

    @property
    def text(self) -> Locator:
        """Everything the record says."""
        return self.page.get_by_role("main")

    def before(self, version: int) -> Locator:
        """The text before a correction; folded away until it is asked for."""
        return self.page.locator("details").filter(has_text=f"{version}판")


class CorrectionPage(DraftedForm):
    """정정."""

    def open(self, visit_id: object) -> CorrectionPage:
        """Go there by its address."""
        self.tablet.open(f"/visits/{visit_id}/correct")
        return self

    @property
    def reason(self) -> Locator:
        """정정하는 까닭."""
        return self.page.locator("#reason")

    @property
    def note(self) -> Locator:
        """간호 기록."""
        return self.page.locator("#nursing_note")

    @property
    def submit(self) -> Locator:
        """«정정 저장»."""
        return self.page.get_by_role("button", name="정정 저장")
