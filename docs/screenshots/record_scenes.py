"""Scenes after the record: a companion's own note, a signature, the summary to copy, taking back, and questions."""

from __future__ import annotations

from playwright.sync_api import Page

from screenshots.camera import Camera
from screenshots.tablet import LEAD, NURSE, SAVED, Guide, due, look_up, submit

COMPANION = "garam.worker1"


def newest_record(page: Page, number: str, by: str = "윤가람") -> None:
    """The last record that somebody wrote about a household."""
    look_up(page, number)
    page.locator("#line li").filter(has_text=by).locator("a.link-row").first.click()
    page.wait_for_load_state()


def second_note(guide: Guide) -> None:
    """Who went along adds what they saw to the record of 김순자."""
    with guide.signed_in(COMPANION) as page:
        wanted = page.locator("[aria-labelledby=wanted-notes]")
        guide.camera.part(page, "wanted-notes", wanted, wanted)
        wanted.get_by_role("link", name="김순자").first.click()
        page.wait_for_load_state()
        page.fill("#welfare_note", "가스 요금이 두 달 밀림. 긴급복지 서류를 안내함.")
        page.locator(SAVED).wait_for()
        marks = [page.locator(".record-beside"), page.locator("#welfare_note")]
        guide.camera.part(page, "second-note", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
        page.click("[data-step-next]")
        submit(page)


def after(guide: Guide) -> None:
    """The record of 김순자: what can be done with it, the summary, a signature."""
    with guide.signed_in(NURSE, "/households") as page:
        newest_record(page, "가람-0001")
        acts = page.locator(".page-actions")
        marks = [acts.get_by_role("link", name=word) for word in ("방문기록지", "정정", "무효")]
        guide.camera.part(
            page, "record-acts", page.locator(".page-head"), page.locator("main .banner").first, marks=marks
        )
        summary(page, guide.camera)
        signature(page, guide.camera)


def summary(page: Page, camera: Camera) -> None:
    part = page.locator("#national")
    first = part.locator(".national-part").first
    marks = [first.get_by_role("button", name="복사").first, first.get_by_role("button", name="입력 완료")]
    camera.part(page, "summary", part, part, marks=marks)


def signature(page: Page, camera: Camera) -> None:
    page.get_by_role("link", name="서명받기").click()
    page.wait_for_load_state()
    page.fill("#signer", "김순자")
    page.locator("#role input").first.check()
    pad = page.locator("[data-signature-pad]")
    pad.scroll_into_view_if_needed()
    draw(page)
    marks = [page.locator(".signed-text"), pad, page.locator("summary", has_text="서명할 수 없을 때")]
    marks.append(page.locator(".foot-bar .button-main"))
    camera.part(page, "signature", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def draw(page: Page) -> None:
    """Three strokes of a name nobody has."""
    box = page.locator("[data-signature-pad]").bounding_box()
    if box is None:
        raise RuntimeError("no pad to sign on")
    for stroke in (
        ((0.2, 0.3), (0.35, 0.35), (0.25, 0.7)),
        ((0.42, 0.3), (0.45, 0.75)),
        ((0.55, 0.4), (0.75, 0.35), (0.6, 0.7), (0.8, 0.7)),
    ):
        places = [(box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=8)
        page.mouse.up()


def taken_back(guide: Guide) -> None:
    with guide.signed_in(NURSE, "/households") as page:
        newest_record(page, "가람-0013")
        page.locator(".page-actions").get_by_role("link", name="무효").click()
        page.wait_for_load_state()
        page.fill("#reason", "다른 가구의 방문을 잘못 기록함")
        marks = [page.locator(".void-says"), page.locator("#reason"), page.locator(".foot-bar .button-main")]
        guide.camera.part(page, "void", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def turned_round(guide: Guide) -> None:
    with guide.signed_in() as page:
        due(page, "송혁").get_by_role("link", name="방문 시작").click()
        page.wait_for_load_state()
        page.get_by_role("link", name="방문 취소").click()
        page.wait_for_load_state()
        page.locator("#reason").get_by_label("다른 때 와 달라고 하심").check()
        page.fill("#note", "병원에 가시는 길. 목요일에 다시 와 달라고 하심")
        marks = [page.locator("#reason"), page.locator("#plan"), page.locator(".foot-bar .button-main")]
        guide.camera.part(page, "turned-round", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def unentered(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/visits/unentered") as page:
        rows = page.locator(".unentered")
        marks = [page.locator(".filter-links").first, rows.first]
        desk.camera.part(page, "unentered", page.locator(".page-head"), rows.nth(3), marks=marks)


def questions(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/questions") as page:
        rows = page.locator(".listing-row")
        marks = [rows.first.locator(".listing-main"), rows.first.get_by_role("button", name="본인에게 묻기")]
        desk.camera.part(page, "questions", page.locator(".page-head"), page.locator("details.more").last, marks=marks)
