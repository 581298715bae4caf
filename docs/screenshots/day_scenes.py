"""Scenes of the rest of the day: signing in, 오늘, a household, absences, late records, finding, printing, news."""

from __future__ import annotations

from playwright.sync_api import Page

from screenshots.camera import Camera
from screenshots.demo_district import MOMENT
from screenshots.tablet import (
    LEAD,
    NURSE,
    OTHER_WORKER,
    SAVED,
    Guide,
    begin,
    due,
    enter,
    look_up,
    onward,
    submit,
    unfold,
)


def door(guide: Guide) -> None:
    with guide.tablet() as page:
        enter(page, NURSE, "봄비가 조용히 내리는 저녁 골목길")
        form = page.locator("#sign-in")
        marks = [page.locator("#login"), page.locator("#password"), form.locator(".button-main")]
        guide.camera.screen(page, "sign-in", height=620, marks=marks)


def time_out(guide: Guide) -> None:
    with guide.signed_in() as page:
        page.clock.install(time=MOMENT)
        page.goto("/today")
        page.clock.fast_forward("14:10")
        dialog = page.locator("#session-warning")
        dialog.wait_for()
        marks = [page.locator(".session-left"), dialog.locator("[data-session-extend]")]
        guide.camera.screen(page, "time-out", height=760, marks=marks)


def today(guide: Guide) -> None:
    with guide.signed_in() as page:
        card = due(page, "김순자")
        marks = [page.locator(".counts"), card.locator(".button-main"), page.locator(".site-nav")]
        guide.camera.screen(page, "today", marks=marks)
        lines = [card.locator(part).first for part in (".tags", ".due-safety")]
        lines.append(card.locator(".due-why").filter(has_text="집중관리군 11/17"))
        lines += [card.locator(part).first for part in (".due-where", ".due-acts .button-main")]
        guide.camera.part(page, "because", card, card, marks=lines)


def brought_forward(guide: Guide) -> None:
    """A due date that fell on a Sunday."""
    with guide.signed_in(path="/households") as page:
        page.get_by_role("link", name="김솔 · 제날린").click()
        dues = page.locator("#dues")
        guide.camera.part(page, "brought-forward", dues, dues, marks=[dues.locator(".due-why", has_text="앞당김")])


def before_the_door(guide: Guide) -> None:
    with guide.signed_in() as page:
        due(page, "김순자").locator(".due-who a").click()
        way = page.locator("dt", has_text="가는 길").locator("xpath=following-sibling::dd[1]")
        marks = [page.locator(".banner.tone-danger"), page.locator("#dues"), way]
        guide.camera.part(page, "household", page.locator(".page-head"), way, marks=marks)


def absence(guide: Guide) -> None:
    with guide.signed_in() as page:
        begin(page, "박점동", "부재")
        for tried in ("초인종", "문 두드림", "전화"):
            page.locator("#tried").get_by_label(tried).check()
        page.get_by_label("안내문을 두고 왔습니다").check()
        page.fill("#neighbour_asked", "옆집(302호)에서 그제 봤다고 함")
        page.locator(SAVED).wait_for()
        marks = [page.locator("#tried"), page.locator(".box:has(#notice_left)"), page.locator("#neighbour_asked")]
        marks.append(page.locator(".foot-bar .button-main"))
        guide.camera.part(page, "absence", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
        submit(page)
        banner = page.locator("main > .banner").filter(has_text="연속 부재")
        guide.camera.part(page, "absences", page.locator(".page-head"), page.locator("#dues"), marks=[banner])


def late_and_corrected(guide: Guide) -> None:
    """A couple seen yesterday, typed today, one figure mistyped."""
    with guide.signed_in() as page:
        begin(page, "최병철 · 박말순")
        page.fill("#occurred_on", "2026-11-17")
        page.fill("#began", "15:10")
        for name in ("최병철", "박말순"):
            page.locator("#members_seen").get_by_label(name).check()
        page.locator(SAVED).wait_for()
        day, seen = page.locator("#occurred_on"), page.locator("#members_seen")
        guide.camera.part(page, "late", page.locator(".steps"), page.locator(".foot-bar"), marks=[seen, day])
        onward(page)
        for member, (high, low) in zip(
            page.locator("section.vitals-of").all(), (("162", "78"), ("134", "80")), strict=True
        ):
            member.locator("[name$=-systolic]").fill(high)
            member.locator("[name$=-diastolic]").fill(low)
        page.locator('[data-step-to="next"]').click()
        submit(page)
        page.locator("#line a.link-row").first.click()
        page.wait_for_load_state()
        marks = [page.locator(".page-title .tags"), page.locator(".page-actions a", has_text="정정")]
        guide.camera.screen(page, "record", height=1000, marks=marks)
        correct(page, guide.camera)


def correct(page: Page, camera: Camera) -> None:
    page.locator(".page-actions a", has_text="정정").click()
    page.fill("#reason", "혈압을 126인데 162로 잘못 적음")
    page.locator("[name$=-systolic]").first.fill("126")
    submit(page)
    before = page.locator("section.card", has_text="고치기 전의 글")
    before.locator("summary").click()
    marks = [page.locator(".page-title .tags"), before]
    camera.part(page, "corrected", page.locator(".page-head"), before, marks=marks)


def history(guide: Guide) -> None:
    with guide.signed_in() as page:
        due(page, "이춘자").locator(".due-who a").click()
        line = page.locator("#line")
        marks = [line.locator(".filter-links"), line.locator(".timeline-head").first]
        guide.camera.part(page, "history", line, line.locator(".timeline > li").nth(5), marks=marks)


def search(guide: Guide) -> None:
    with guide.signed_in(path="/households") as page:
        shortcuts = page.locator(".filter-links").first
        found = page.locator(".listing").first
        marks = [page.locator("#query"), shortcuts]
        guide.camera.part(page, "households", page.locator(".page-head"), found.locator("li").nth(2), marks=marks)
        page.fill("#query", "ㄱㅅㅈ")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        marks = [page.locator("#query")]
        guide.camera.part(page, "found", page.locator(".page-head"), found.locator("li").last, marks=marks)


def care_group(guide: Guide) -> None:
    """Somebody whose figures say that they should be seen more often."""
    with guide.signed_in(path="/care-groups/review") as page:
        row = page.locator(".listing-row").filter(has_text="가람-0013")
        who = page.locator(".page-head")
        guide.camera.part(page, "care-group-review", who, page.locator(".listing-row").nth(2), marks=[row])
        row.get_by_role("link").click()
        unfold(page, "다르게 정하기")
        page.get_by_label("정기관리군").check()
        page.fill("#reason", "단 음식을 드신 뒤 잰 값. 두 주 뒤 다시 재기로 함")
        marks = [page.locator("#proposal").locator("xpath=ancestor::section"), page.locator("#group")]
        marks += [page.locator("#reason"), page.locator(".foot-bar .button-main")]
        guide.camera.part(page, "care-group", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def paper(guide: Guide) -> None:
    with guide.signed_in() as page:
        page.get_by_role("link", name="일정표 인쇄").click()
        page.get_by_label("업무").check()
        page.get_by_label("전체").check()
        marks = [page.locator(f"#{name}") for name in ("code", "purpose", "masking")]
        marks.append(page.locator(".foot-bar .button-main"))
        guide.camera.part(page, "schedule", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def alerts(guide: Guide) -> None:
    """The team leader hands two households over; the nurse is told."""
    with guide.signed_in(LEAD, "/assignments/reassign?duty=NURSE") as page:
        page.locator("#who").select_option(label="송나린 방문간호사")
        page.get_by_role("button", name="보기").click()
        page.wait_for_load_state()
        page.locator("#account_id").select_option(label="윤가람 방문간호사")
        page.fill("#reason", "담당 구역 조정")
        for box in page.locator("input[name=household_ids]").all()[:2]:
            box.check()
        submit(page)
        submit(page)
    with guide.signed_in(path="/alerts") as page:
        bell = page.locator(".header-button", has_text="알림")
        guide.camera.screen(page, "alerts", height=560, marks=[bell, page.locator(".listing")])


def who_sees(guide: Guide) -> None:
    """The record of the visit as a worker sees it who is not responsible for the household."""
    with guide.signed_in(OTHER_WORKER, "/households") as page:
        look_up(page, "가람-0001")
        page.locator("#line a.link-row").first.click()
        page.wait_for_load_state()
        marks = [page.locator("main .banner.tone-info"), page.locator("section.card", has_text="함께 보는 한 줄").first]
        guide.camera.part(page, "who-sees", page.locator(".page-head"), page.locator(".split"), marks=marks)
