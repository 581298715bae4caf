"""Scenes of 발굴: a neighbour reports, the queue, one person of it, those to be told apart, rounds and lists, standards."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

from playwright.sync_api import Locator, Page

from screenshots.tablet import LEAD, OFFICER, WORKER, Guide

PHONE = 390
STRANGE = (
    ("순", "누구", "태어난 날", "동네", "사는 곳"),
    ("1", "마보람", "1958-03-02", "가람동", "한빛구 먼물길 11"),
    ("2", "남새봄", "1963-09-27", "나래동", "한빛구 먼물길 24"),
    ("3", "여나루", "1949-12-15", "가람동", "한빛구 먼물길 37"),
)


def neighbour(guide: Guide) -> None:
    """The public page on a telephone, and what comes after it."""
    phone = replace(guide, camera=replace(guide.camera, width=PHONE))
    with phone.tablet() as page:
        page.goto("/neighbour")
        page.get_by_text("우편물이 쌓여 있어요").click()
        page.get_by_text("며칠째 안 보여요").click()
        page.get_by_label("어느 동네인가요?").select_option(label="가람동")
        page.get_by_label("어디인가요?").fill("구름시장 뒤 붉은 지붕 2층")
        title, place = page.locator(".page-head").first, page.locator(".field", has_text="어디인가요?")
        phone.camera.part(page, "neighbour", title, place, marks=[page.locator(".neighbour-calls"), place])
        page.get_by_role("button", name="보내기").click()
        page.get_by_role("heading", name="잘 받았습니다").wait_for()
        receipt = page.get_by_role("region", name="접수 번호")
        phone.camera.part(page, "neighbour-received", page.locator(".page-head").first, receipt)


def queue(guide: Guide) -> None:
    with guide.signed_in(WORKER, "/discoveries/queue") as page:
        rows = page.locator(".queue-row")
        rows.first.locator("summary").click()
        states = page.get_by_role("navigation", name="상태")
        marks = [states, rows.first.locator(".score"), rows.first.get_by_role("button", name="맡기")]
        guide.camera.part(page, "queue", page.locator(".page-head"), rows.nth(2), marks=marks)


def held(guide: Guide) -> None:
    with guide.signed_in(WORKER, "/discoveries/held") as page:
        row = page.locator("[data-row]").filter(has_text="같은 가구의 다른 사람입니다").first
        marks = [row.locator("table.sides"), row.locator(".row").last]
        guide.camera.part(page, "held", row, row, marks=marks)


def item(guide: Guide) -> None:
    """One person of the queue: taken up, tried with a letter alone, and what the page answers to that."""
    with guide.signed_in(WORKER, "/discoveries/queue") as page:
        page.locator(".queue-row").first.get_by_role("button", name="맡기").click()
        page.wait_for_url("**/discoveries/items/*")
        card = page.locator("section[aria-labelledby=try-title]")
        outcome = page.locator("section[aria-labelledby=outcome-title]")
        marks = [card.locator(".chips"), card.get_by_role("button", name="시도 적기"), page.locator("#outcome")]
        marks.append(outcome.get_by_role("button", name="결과 저장"))
        guide.camera.part(page, "item", page.locator(".page-head"), outcome, marks=marks)
        card.locator(".chip", has_text="안내장").click()
        card.get_by_role("button", name="시도 적기").click()
        page.wait_for_load_state()
        finish(page, "지원 불필요", "이사하며 생긴 체납")
        summary = page.locator(".error-summary")
        guide.camera.part(
            page, "letter-alone", page.locator("section[aria-labelledby=outcome-title]"), summary, marks=[summary]
        )


def finish(page: Page, outcome: str, note: str) -> None:
    """Say what became of the person."""
    form = page.locator("#outcome-form")
    form.get_by_label("처리 결과").select_option(label=outcome)
    form.get_by_label("내용").fill(note)
    form.get_by_role("button", name="결과 저장").click()
    page.wait_for_load_state()


def unreached(guide: Guide) -> None:
    """Somebody nobody reaches is put before the team leader, who sees what was tried."""
    with guide.signed_in(WORKER, "/discoveries/queue?state=CLAIMED&mine=1") as page:
        page.locator(".queue-row a").first.click()
        page.wait_for_load_state()
        for mode in ("전화-무응답", "방문-부재", "전화-무응답"):
            chip = page.locator("#try-form .chip", has_text=mode)
            (chip if chip.count() else page.locator("#try-form .chip", has_text=mode.split("-")[1])).first.click()
            page.get_by_role("button", name="시도 적기").click()
            page.wait_for_load_state()
        page.locator("#recheck_on").fill("2026-12-02")
        finish(page, "연락두절", "전화를 받지 않고 두 번 가도 인기척이 없음")
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/discoveries/approvals") as page:
        card = page.locator("section.card").first
        marks = [card.locator("dl.facts"), card.get_by_role("button", name="승인"), card.locator("details.more")]
        desk.camera.part(page, "item-approval", page.locator(".page-head"), card, marks=marks)


def figures(guide: Guide) -> None:
    with guide.signed_in(LEAD, "/discoveries/rounds") as page:
        page.get_by_role("link", name="5차").first.click()
        page.get_by_role("link", name="현황과 남은 건").click()
        page.wait_for_load_state()
        workers = page.locator("section[aria-labelledby=workers-title]")
        guide.camera.part(page, "round-figures", workers, workers, marks=[workers.locator("tbody a").first])
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/reports/cases") as page:
        table = page.locator("main table").nth(1)
        marks = [page.locator("main form"), page.locator("tbody a").first, page.get_by_role("link", name="PDF·엑셀")]
        desk.camera.part(page, "case-figures", page.locator(".page-head"), table, marks=marks)


def rounds(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(OFFICER, "/discoveries/rounds") as page:
        page.get_by_role("link", name="6차").first.click()
        page.wait_for_load_state()
        table, take = page.locator("main table").first, page.get_by_role("link", name="명단 담기")
        last = page.locator("section[aria-labelledby=lists-title]")
        marks = [page.locator(".round-bar").first, table, take]
        desk.camera.part(page, "round", page.locator(".page-head"), last, marks=marks)
        last.locator("a.link-row").first.click()
        page.wait_for_load_state()
        marks = [page.locator(".counts"), page.get_by_role("link", name="고칠 행 받기")]
        desk.camera.part(page, "taken-in", page.locator(".page-head"), page.locator(".listing-row").nth(2), marks=marks)


def columns(guide: Guide) -> None:
    """A file whose headings nobody knows."""
    desk = guide.at_desk
    with desk.signed_in(OFFICER, "/discoveries") as page:
        text = StringIO()
        csv.writer(text).writerows(STRANGE)
        page.get_by_label("명단 파일").set_input_files(
            {"name": "통장 제보.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode("utf-8-sig")}
        )
        page.get_by_role("button", name="명단 담기").click()
        page.wait_for_url("**/discoveries/incoming/*")
        fields = page.locator(".file-column")
        for at, meaning in ((1, "성명"), (2, "생년월일")):
            fields.nth(at).locator("select").select_option(label=meaning)
        marks = [fields.nth(1), fields.nth(1).locator(".file-samples"), go_on(page)]
        desk.camera.part(page, "columns", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
        page.get_by_role("button", name="그만두고 파일 지우기").click()
        page.wait_for_load_state()


def go_on(page: Page) -> Locator:
    """«이대로 담기»."""
    return page.get_by_role("button", name="이대로 담기")


def standards(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(OFFICER, "/discoveries/weights") as page:
        rows = page.locator(".weight-lines li")
        marks = [page.locator(".tabs").first, page.get_by_role("link", name="점수 고치기"), rows.first]
        desk.camera.part(page, "weights", page.locator(".page-head"), rows.nth(3), marks=marks)
        page.goto("/needs/form")
        last = page.locator(".needs-form")
        marks = [page.get_by_role("button", name="빈 조사표"), page.get_by_role("link", name="파일로 바꾸기")]
        desk.camera.part(page, "needs-form", page.locator(".page-head"), last, marks=marks)


def entering(guide: Guide) -> None:
    with guide.signed_in(WORKER, "/discoveries/items/new") as page:
        guide.camera.part(page, "entering", page.locator(".page-head"), page.locator(".foot-bar"))
