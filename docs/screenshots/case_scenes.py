"""Scenes of 사례관리: the board, one case, needs, a plan, checks, consent, emergency aid, closing, conferences, approvals."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from screenshots.tablet import LEAD, WORKER, Guide, look_up, submit

ASKED_FOR, AGENCY = "가람-0026", "나래노인복지관"
FIELD = "xpath=ancestor::div[contains(concat(' ', @class, ' '), ' field ')][1]"


def board(guide: Guide) -> None:
    with guide.signed_in(WORKER, "/cases") as page:
        columns = page.locator(".case-column")
        marks = [page.locator(".page-actions"), page.locator(".case-filters"), columns.first.locator("li").first]
        guide.camera.part(page, "cases", page.locator(".page-head"), columns.first.locator("li").nth(1), marks=marks)


def case(guide: Guide) -> None:
    """A case that was asked about its needs and waits for a conference."""
    with guide.signed_in(WORKER, "/cases?stage=ASSESSMENT&view=list") as page:
        page.get_by_role("link", name="김만식 · 이인순").click()
        page.wait_for_load_state()
        clock, stages = page.locator("section[aria-labelledby=clocks]"), page.locator(".case-stages")
        doings = page.get_by_role("link", name="욕구조사 하기").locator("xpath=..")
        talks = page.locator("section[aria-labelledby=talks]")
        guide.camera.part(page, "case", page.locator(".page-head"), talks, marks=[doings, clock, stages])
        page.get_by_role("link", name="욕구조사 하기").click()
        page.wait_for_load_state()
        needs(guide, page)


def needs(guide: Guide, page: Page) -> None:
    """Four buttons an item."""
    items = page.locator("[data-item]")
    for at, level in enumerate(("관찰", "없음", "필요")):
        items.nth(at).locator("label", has_text=level).click()
    domains = page.locator("[data-domain]")
    marks = [items.nth(0).locator(".item-answers"), items.nth(2).locator("details")]
    guide.camera.part(page, "needs", page.locator(".page-head"), domains.nth(1), marks=marks)


def put_on(guide: Guide) -> None:
    with guide.signed_in(WORKER, "/cases?stage=ASSESSMENT&view=list") as page:
        page.locator("[data-row]").first.click()
        page.get_by_role("link", name="다음 사례회의에 올리기").click()
        page.wait_for_load_state()
        page.locator("main form label").filter(has_text="내부사례회의").last.click()
        marks = [page.locator("main .chips").first, page.get_by_label("무엇을"), page.locator(".foot-bar .button-main")]
        guide.camera.part(page, "put-on", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def plan(guide: Guide) -> None:
    """A plan that is written; one that holds and is checked."""
    with guide.signed_in(WORKER, "/plans?view=plans") as page:
        page.get_by_role("list", name="끝내지 않은 계획").get_by_role("link", name="백재현").first.click()
        page.wait_for_load_state()
        marks = [page.locator("#goal-1"), page.get_by_role("list", name="서비스").locator("li").first]
        marks.append(page.locator(".foot-bar .button").last)
        guide.camera.part(page, "plan", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
        page.goto("/plans")
        rows = page.get_by_role("list", name="점검할 서비스").locator("li")
        marks = [page.get_by_role("navigation", name="무엇을 볼지"), rows.first.get_by_role("link", name="점검")]
        guide.camera.part(page, "checks", page.locator(".page-head"), rows.nth(2), marks=marks)
        rows.first.get_by_role("link", name="점검").last.click()
        page.wait_for_load_state()
        for answer in ("예", "만족"):
            page.locator("label.chip", has_text=answer).first.click()
        page.get_by_label("내용").fill("그릇을 비우고 기다리심")
        save = page.locator(".foot-bar .button-main")
        marks = [page.locator(".chips").first, page.locator(".chips").nth(1), save]
        guide.camera.part(page, "check", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def referral(guide: Guide) -> None:
    """A referral without the consent it needs, and the consent it leads to."""
    with guide.signed_in(WORKER, "/households") as page:
        look_up(page, ASKED_FOR)
        page.get_by_role("link", name="계획·의뢰", exact=True).first.click()
        page.get_by_role("link", name="의뢰하기").click()
        page.get_by_label("의뢰할 기관").fill(AGENCY)
        page.get_by_label("의뢰하는 까닭").fill("혼자 끼니를 챙기지 못하심")
        page.get_by_label("요청하는 것").fill("밑반찬 주 2회")
        page.get_by_role("button", name="저장").last.click()
        page.wait_for_url(re.compile(r"/referrals/\d+$"))
        missing = page.locator("section[aria-labelledby=missing]")
        marks = [page.locator("main .banner").first, missing.get_by_role("button", name="동의 받기").first]
        send = page.get_by_role("button", name="보낸 것으로 적기")
        guide.camera.part(page, "referral", page.locator(".page-head"), send, marks=marks)
        marks[1].click()
        page.wait_for_load_state()
        page.locator("main .chip", has_text="화면 서명").click()
        how = page.locator("main .chips").nth(1)
        marks = [page.get_by_label("받는 곳"), page.locator("main details").nth(2), how]
        guide.camera.part(page, "consent", page.locator(".page-head"), page.locator("main .chips").nth(2), marks=marks)


def aid(guide: Guide) -> None:
    with guide.signed_in(WORKER, "/emergency-aid") as page:
        rows = page.locator("main .listing-row")
        guide.camera.part(
            page, "aids", page.locator(".page-head"), rows.nth(2), marks=[rows.first.locator(".tag").first]
        )
        page.get_by_role("link", name="백재현").click()
        page.wait_for_load_state()
        page.get_by_label("확인한 것").fill("냉장고가 비었고 월세 두 달 밀림")
        save, early = page.get_by_role("button", name="현장확인 저장"), page.locator("main details").first
        marks = [page.locator("section[aria-labelledby=steps]"), save, early]
        guide.camera.part(page, "aid", page.locator(".page-head"), early, marks=marks)


def closing(guide: Guide) -> None:
    with guide.signed_in(WORKER, "/cases?stage=SERVICE&view=list") as page:
        page.get_by_role("link", name="김남순").click()
        page.get_by_role("link", name="종결", exact=True).click()
        page.wait_for_load_state()
        page.get_by_label("종결 사유").select_option(label="단기목표 달성")
        page.get_by_label("목표 달성").fill("하루 두 끼를 스스로 챙기심")
        marks = [page.get_by_label("종결 사유"), page.locator("main details").first, page.get_by_label("목표 달성")]
        marks.append(page.locator(".foot-bar .button-main"))
        guide.camera.part(page, "closing", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
        page.goto("/cases?stage=AFTERCARE&view=list")
        page.locator("[data-row]").first.click()
        page.wait_for_load_state()
        clock = page.locator("section[aria-labelledby=clocks]")
        marks = [clock, page.get_by_role("link", name="사후관리 점검표"), page.get_by_role("link", name="사례 끝내기")]
        guide.camera.part(page, "aftercare", page.locator(".page-head"), clock, marks=marks)


def approvals(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/cases/approvals") as page:
        rows = page.locator("main .listing-row")
        desk.camera.part(page, "approvals", page.locator(".page-head"), rows.nth(3), marks=[rows.first])
        page.get_by_role("link", name="곽기출").first.click()
        page.wait_for_load_state()
        page.get_by_label("의견").fill("병원 동행은 월 2회로 충분한지 다음 점검 때 봅시다")
        asked, foot = page.locator("section[aria-labelledby=asked]"), page.locator(".foot-bar")
        marks = [asked, page.get_by_label("의견"), foot.get_by_role("button", name="돌려보내기")]
        marks.append(foot.get_by_role("button", name="승인"))
        desk.camera.part(page, "approval", page.locator(".page-head"), foot, marks=marks)


def conference(guide: Guide) -> None:
    """Planning one; then the minutes of yesterday's, and what their confirmation will do."""
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/conferences") as page:
        marks = [page.get_by_role("link", name="새 회의"), page.locator("main .listing-row").first]
        desk.camera.part(
            page, "conferences", page.locator(".page-head"), page.locator("main .listing-row").nth(2), marks=marks
        )
        page.locator("main .listing-row a").first.click()
        page.get_by_role("link", name="회의록 쓰기").click()
        page.wait_for_load_state()
        minutes(desk, page)


def minutes(desk: Guide, page: Page) -> None:
    items = page.locator("fieldset.minutes-item")
    for at, (decision, why) in enumerate(
        (("선정: 사례관리(일반)", "혼자 끼니를 챙기지 못하심"), ("서비스연계", "밑반찬 하나로 충분함"))
    ):
        items.nth(at).get_by_label("결정", exact=True).select_option(label=decision)
        items.nth(at).get_by_label("논의한 내용").fill("복지관이 지난주에 만나 본 이야기를 함께 들음")
        items.nth(at).get_by_label("결정 내용").fill(why)
    first = items.first
    said, decided = first.get_by_label("논의한 내용"), first.get_by_label("결정 내용")
    marks = [first.get_by_label("결정", exact=True).locator(FIELD), said.locator(FIELD), decided]
    head = page.locator("section[aria-labelledby=agenda]")
    desk.camera.part(page, "minutes", head, first, marks=marks)
    submit(page)
    page.get_by_role("link", name="확정하기").click()
    page.wait_for_load_state()
    effects = page.locator(".agenda-decision")
    marks = [effects.first, page.locator(".foot-bar .button-main")]
    desk.camera.part(page, "confirming", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
