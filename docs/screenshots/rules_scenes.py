"""Scenes of the 시군구: a rule and its next version, the ladder, days off, instruments; and what runs by itself."""

from __future__ import annotations

from playwright.sync_api import Page

from screenshots.tablet import ADMINISTRATOR, OFFICER, Guide

RULE = "고난도 점검"


def rules(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(OFFICER, "/rules") as page:
        row = page.locator(".listing-row").filter(has=page.get_by_role("link", name=RULE, exact=True))
        marks = [page.locator(".tabs .filter-links"), row]
        desk.camera.part(page, "rules", page.locator(".page-head"), row, marks=marks)
        row.get_by_role("link").click()
        page.get_by_role("link", name="새 판 만들기").click()
        page.wait_for_load_state()
        version(desk, page)
        preview(desk, page)


def version(desk: Guide, page: Page) -> None:
    page.fill("#every", "7")
    page.fill("#source", "한빛구 통합사례관리 지침(2026년 11월)")
    page.get_by_label("바꾸는 까닭").fill("고난도 가구를 더 자주 살피기로 함")
    page.locator("h1").click()
    marks = [page.locator("#every"), page.locator("#source"), page.locator("#effective_from"), page.locator("#why")]
    marks.append(page.locator(".foot-bar .button-main"))
    desk.camera.part(page, "rule-version", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def preview(desk: Guide, page: Page) -> None:
    page.get_by_role("button", name="바뀌는 기한 미리 보기").click()
    page.wait_for_load_state()
    marks = [page.locator("main .banner.tone-warn").first, page.locator('[aria-labelledby="change"]')]
    marks.append(page.locator("tbody tr").first)
    desk.camera.part(page, "rule-preview", page.locator(".page-head"), page.locator("tbody tr").nth(4), marks=marks)
    page.route(
        "**/follow-ups/refreshing**", lambda route: None if route.request.method == "POST" else route.continue_()
    )
    page.get_by_role("button", name="오늘부터 적용").click()
    page.wait_for_url("**/follow-ups/refreshing**")
    work = page.locator("[data-refreshing-work]")
    desk.camera.part(page, "refreshing", page.locator(".page-head"), work)
    page.unroute_all(behavior="ignoreErrors")


def ladder(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(OFFICER, "/rules/absence-ladder") as page:
        marks = [page.get_by_role("link", name="새 판 만들기"), page.locator("tbody tr").nth(3)]
        desk.camera.part(page, "ladder", page.locator(".page-head"), page.locator("tbody tr").nth(6), marks=marks)


def days_off(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(OFFICER, "/holidays") as page:
        acts = page.locator(".page-head")
        marks = [acts.get_by_role("link", name="휴무일 추가"), page.locator(".year-turn")]
        desk.camera.part(page, "days-off", page.locator(".page-head"), page.locator(".year-month").nth(2), marks=marks)
        acts.get_by_role("link", name="휴무일 추가").click()
        page.get_by_label("날짜").fill("2026-11-27")
        page.get_by_label("이름").fill("구민의 날")
        page.get_by_label("지방 휴무일").check()
        page.get_by_label("근거").fill("한빛구 구민의 날 조례 제3조")
        page.get_by_role("button", name="바뀌는 기한 미리 보기").click()
        page.wait_for_load_state()
        moved = page.locator("li.moved")
        marks = [page.locator(".counts"), moved.first]
        desk.camera.part(page, "day-off-preview", page.locator(".page-head"), moved.nth(2), marks=marks)


def instruments(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(OFFICER, "/instruments") as page:
        cards = page.locator("section.card")
        marks = [cards.nth(1).locator("ul"), cards.nth(1).get_by_role("link", name="기준 고치기")]
        desk.camera.part(page, "instruments", page.locator(".page-head"), cards.nth(1), marks=marks)


def group_table(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(OFFICER, "/care-groups/criteria") as page:
        rows = page.locator(".criteria").first.locator("li.card")
        marks = [page.locator(".page-head").get_by_role("link", name="기준 고치기"), rows.first]
        desk.camera.part(page, "group-table", page.locator(".page-head"), rows.nth(2), marks=marks)


def jobs(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(ADMINISTRATOR, "/jobs") as page:
        card = page.locator(".job").first
        marks = [page.locator("#leading .banner"), card.locator(".job-state"), card.locator(".job-acts")]
        desk.camera.part(page, "jobs", page.locator(".page-head"), page.locator(".job").nth(1), marks=marks)
