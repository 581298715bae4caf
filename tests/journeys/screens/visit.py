"""방문 기록: the form in steps, and 부재."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect
from tests.journeys.tablet import Tablet


class DraftedForm:
    """A form whose text is kept while it is written."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand

    @property
    def status(self) -> Locator:
        """What the page says about what was typed: «저장됨 14:03»."""
        return self.page.locator("[data-draft-status]")

    @property
    def errors(self) -> Locator:
        """The summary on top of a form that came back."""
        return self.page.locator("[data-error-summary]")

    @property
    def questions(self) -> Locator:
        """What the rules ask back."""
        return self.page.get_by_role("region", name="맞는지 확인해 주세요")

    def chip(self, word: str) -> Locator:
        """A choice one can put a finger on."""
        return (
            self.page.locator("label.chip:visible")
            .get_by_text(word, exact=True)
            .locator("xpath=ancestor-or-self::label")
        )

    def fields(self) -> dict[str, Any]:
        """What the form would send now, a name once."""
        script = "form => Object.fromEntries(new FormData(form))"
        sent: dict[str, Any] = self.page.locator("form[data-draft-url]").evaluate(script)
        return sent

    def saved(self) -> None:
        """Wait until the page says that everything typed is kept."""
        expect(self.page.locator("html[data-unsaved]")).to_have_count(0)
        expect(self.status).to_contain_text("저장됨")


class VisitPage(DraftedForm):
    """방문 기록."""

    def open(self, household_id: int) -> VisitPage:
        """Go there by its address."""
        self.tablet.open(f"/households/{household_id}/visits/new")
        return self

    def go_on(self) -> None:
        """Tap «다음: …»."""
        self.hand.tap(self.page.locator("[data-step-next]"))

    def step(self, word: str) -> None:
        """Open a step by the line of steps."""
        self.page.get_by_role("link", name=word).click()

    def vital(self, member_id: int, name: str) -> Locator:
        """The field of one measurement."""
        return self.page.locator(f"#m{member_id}-{name}")

    def judgement(self, member_id: int, name: str) -> Locator:
        """What stands beside a measurement."""
        return self.page.locator(f"[data-vital]:has(#m{member_id}-{name}) [data-judgement]").first

    @property
    def arrive(self) -> Locator:
        """«도착 · 방문 시작»."""
        return self.page.get_by_role("button", name="도착 · 방문 시작")

    @property
    def field_notes(self) -> Locator:
        """현장 메모."""
        return self.page.get_by_label("현장 메모", exact=True)

    def done(self, place: int) -> Locator:
        """One of the interventions that are at hand."""
        return self.page.locator("[aria-labelledby=care-done-title] > fieldset label.chip").nth(place)

    def symptoms(self) -> list[str]:
        """What the page asks for in words."""
        return [word.strip() for word in self.page.locator("label.chip:visible:has([data-symptom])").all_inner_texts()]

    @property
    def words_for_119(self) -> Locator:
        """What to say."""
        return self.page.locator("[data-words-for-119]:visible")

    @property
    def countdown(self) -> Locator:
        """Until a low glucose is measured again."""
        return self.page.locator("[data-countdown]:visible")

    @property
    def proposed_day(self) -> Locator:
        """The engine's proposal, to tap."""
        return self.page.locator("[data-day].is-proposed")

    @property
    def nursing_note(self) -> Locator:
        """간호 기록."""
        return self.page.get_by_label("간호 기록", exact=True)

    @property
    def welfare_note(self) -> Locator:
        """복지 기록."""
        return self.page.get_by_label("복지 기록", exact=True)

    @property
    def shared_line(self) -> Locator:
        """The one line both professions read."""
        return self.page.get_by_label("함께 보는 한 줄", exact=True)

    @property
    def proposals(self) -> Locator:
        """What would be due next, on the last step."""
        return self.page.locator("#step-next .next-due")

    @property
    def submit(self) -> Locator:
        """«기록 제출»."""
        return self.page.get_by_role("button", name="기록 제출")


class AbsencePage(DraftedForm):
    """부재."""

    def tried(self, *ways: str) -> None:
        """Tap what was tried."""
        for way in ways:
            self.hand.tap(self.chip(way))

    @property
    def submit(self) -> Locator:
        """«부재 기록»."""
        return self.page.get_by_role("button", name="부재 기록")


class ConflictDialog:
    """Two windows wrote the same draft."""

    def __init__(self, tablet: Tablet) -> None:
        self.text = tablet.page.get_by_role("dialog", name="다른 창에서 같은 기록을 고쳤습니다")

    def keep(self, choice: str) -> None:
        """Choose and go on."""
        self.text.locator("label.chip").filter(has_text=choice).click()
        self.text.get_by_role("button", name="고른 대로 저장").click()
