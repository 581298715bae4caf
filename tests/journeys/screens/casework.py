"""사례: counselling, needs, plan, approvals, closure and aftercare, as the desk works them."""

from __future__ import annotations

from playwright.sync_api import Locator, expect
from tests.journeys.screens.attachments import SignaturePage
from tests.journeys.screens.needs import NeedsPage
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import Tablet

STROKE = [(0.1 + step / 40, 0.3 + (step % 3) / 10) for step in range(12)]
HAND_MOVES = 1_200
"""Milliseconds from the pad to a button; two touches closer together are one gesture to a browser."""


class CaseDesk:
    """One case on one tablet."""

    def __init__(self, tablet: Tablet, case_id: int) -> None:
        self.tablet, self.page, self.hand, self.case_id = tablet, tablet.page, tablet.hand, case_id

    def open(self) -> CaseDesk:
        """The case itself."""
        self.tablet.open(f"/cases/{self.case_id}")
        return self

    @property
    def stage(self) -> Locator:
        """Where the case stands."""
        return self.page.locator(".case-stages [aria-current=step]")

    @property
    def clocks(self) -> Locator:
        """What is due, until when and why."""
        return self.page.locator(".case-clock")

    @property
    def news(self) -> Locator:
        """What the last tap came to."""
        return self.page.locator(".flashes")

    def counsel(self, complaint: str) -> None:
        """The first talk."""
        self.hand.tap(self.page.get_by_role("link", name="초기상담 적기"))
        self.hand.write(self.page.get_by_label("주 호소"), complaint)
        self.hand.tap(self.page.get_by_role("button", name="상담 저장"))
        expect(self.page.locator("main")).to_contain_text(complaint)

    def survey(self, levels: dict[str, str]) -> None:
        """Every item of the form; what is not named is «없음»."""
        self.open()
        self.hand.tap(self.page.get_by_role("link", name="욕구조사 하기"))
        needs = NeedsPage(self.tablet)
        for label, level in levels.items():
            needs.answer(label, level)
        needs.answer_the_rest_by_keys(levels)
        self.hand.tap(self.page.get_by_role("button", name="조사 저장"))
        expect(self.news).to_contain_text("조사 단계로 갔습니다")

    def plan(self, goal: str, service: str, provider: str, *, until: str) -> None:
        """One goal, one service that is checked every fourteen days, signed on the screen, and sent for approval."""
        self.open()
        self.hand.tap(self.page.locator(".case-doings").get_by_role("link", name="서비스 제공계획"))
        self.hand.tap(self.page.get_by_role("button", name="계획 세우기"))
        if self.page.get_by_role("link", name="고치기").count():
            self.hand.tap(self.page.get_by_role("link", name="고치기"))
        for rows in ("goals", "services"):
            if not self.page.locator(f"#{rows}-0").count():
                name = "목표 더하기" if rows == "goals" else "서비스 더하기"
                self.hand.tap(self.page.get_by_role("button", name=name))
        goals, services = self.page.locator("#goals-0"), self.page.locator("#services-0")
        self.hand.write(goals.locator("textarea"), goal)
        goals.get_by_label("기간").select_option(label="단기")
        goals.get_by_label("어떤 욕구").select_option(index=1)
        goals.locator("input[type=date]").fill(until)
        self.hand.write(services.get_by_label("무엇을"), service)
        services.get_by_label("얼마나").fill("주 2회")
        services.get_by_label("방법").select_option(label="현물")
        services.locator("input[type=date]").nth(1).fill(until)
        services.get_by_label("누가 제공").fill(provider)
        services.get_by_label("누가 점검").select_option(index=1)
        services.get_by_label("며칠마다 점검").fill("14")
        self.hand.write(self.page.get_by_label("본인·가족의 의견"), "반찬이 오면 먹겠다고 하심")
        self.hand.tap(self.page.get_by_role("button", name="저장", exact=True).last)
        self._sign()
        self.hand.tap(self.page.get_by_role("button", name="결재 올리기"))
        expect(self.page.get_by_role("button", name="결재 거두기")).to_be_visible()

    def _sign(self) -> None:
        self.hand.tap(self.page.get_by_role("link", name="서명받기"))
        pad = SignaturePage(self.tablet)
        pad.draw(STROKE)
        expect(pad.state).to_have_text("1획")
        self.page.wait_for_timeout(HAND_MOVES)
        self.hand.tap(pad.button("서명 저장"))

    def approve(self) -> None:
        """As the supervisor: what waits for this case."""
        self.open()
        self.hand.tap(self.page.locator("section[aria-labelledby=approvals] a").first)
        self.hand.tap(self.page.get_by_role("button", name="승인"))
        expect(self.news).to_contain_text("승인했습니다")

    def check(self, note: str) -> None:
        """The first service of the plan that holds was given."""
        self.open()
        self.hand.tap(self.page.locator(".case-doings").get_by_role("link", name="서비스 제공계획"))
        self.hand.tap(self.page.get_by_role("link", name="1판"))
        self.hand.tap(self.page.get_by_role("link", name="점검 ").last)
        self.hand.tap(self.page.locator("label.chip").get_by_text("예", exact=True).first)
        self.hand.write(self.page.get_by_label("내용"), note)
        self.hand.tap(self.page.get_by_role("button", name="점검 저장"))
        expect(self.page.locator("main")).to_contain_text("지난 점검")

    def ask_to_close(self, reason: str, goals: str) -> None:
        """Put the closure before the supervisor."""
        self.open()
        self.hand.tap(self.page.get_by_role("link", name="종결", exact=True))
        self.page.get_by_label("종결 사유").select_option(reason)
        self.hand.write(self.page.get_by_label("목표 달성"), goals)
        self.hand.tap(self.page.get_by_role("button", name="결재 올리기"))
        expect(self.page.locator("main")).to_contain_text("종결 결재를 기다립니다")

    def call(self, household_id: int, said: str) -> None:
        """A telephone call of aftercare, on the record."""
        visit = VisitPage(self.tablet).open(household_id)
        self.hand.tap(visit.chip("전화-통화"))
        visit.step("살핌·기록")
        self.hand.write(visit.welfare_note, said)
        visit.step("다음 약속")
        self.hand.tap(visit.submit)
        self.page.wait_for_url(f"**/households/{household_id}#dues")
