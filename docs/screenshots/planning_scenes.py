"""Scenes of a nurse's own calendar, an assessment, and what comes after a door that stayed closed."""

from __future__ import annotations

from screenshots.tablet import NURSE, Guide, look_up


def own_week(guide: Guide) -> None:
    with guide.signed_in(NURSE, "/calendar") as page:
        marks = [
            page.locator(".tile-visit:not(.is-kept):not(.is-absent)").first,
            page.locator(".tile-due:visible").first,
        ]
        marks.append(page.get_by_role("link", name="잡기").first)
        guide.camera.screen(page, "own-week", height=1280, marks=marks)
        page.locator(".tile-due").filter(has_text="오영옥").first.click()
        page.locator(".sheet:popover-open").get_by_role("link", name="일정 잡기").click()
        page.wait_for_load_state()
        marks = [page.locator(".plan-hint").first, page.get_by_role("navigation", name="얼마나 걸립니까")]
        marks.append(page.locator(".board"))
        guide.camera.part(page, "plan-visit", page.locator(".page-head"), page.locator(".board"), marks=marks)


def feed(guide: Guide) -> None:
    with guide.signed_in(NURSE, "/calendar/feeds") as page:
        marks = [page.locator("#device"), page.get_by_role("button", name="구독 주소 만들기")]
        last = page.locator('[aria-labelledby="how-title"]')
        marks.append(last)
        guide.camera.part(page, "feed", page.locator(".page-head"), last, marks=marks)


def assessment(guide: Guide) -> None:
    with guide.signed_in(NURSE, "/households") as page:
        look_up(page, "가람-0004")
        kept = page.locator('[aria-labelledby="records-title"]')
        guide.camera.part(page, "kept-together", kept, kept)
        kept.get_by_role("link", name="평가", exact=True).click()
        begin = page.locator("a[href*='/assessments/new/']", has_text="PHQ-2 우울 선별").first
        page.goto(begin.get_attribute("href") or "")
        for item in ("#item_1", "#item_2"):
            page.locator(item).get_by_label("며칠").check()
        marks = [page.locator("#item_1"), page.locator("#item_2"), page.locator(".foot-bar .button-main")]
        guide.camera.part(page, "assessment", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def neighbours(guide: Guide) -> None:
    with guide.signed_in() as page:
        page.get_by_role("link", name="이웃·관리소 확인").first.click()
        page.wait_for_load_state()
        page.fill("#said", "옆집(302호), 그제 저녁에 불 켜진 것을 봄. 그 뒤로 기척 없음")
        marks = [page.locator("#said"), page.locator(".foot-bar .button-main")]
        guide.camera.part(page, "neighbour-check", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
