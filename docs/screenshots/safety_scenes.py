"""Scenes of coming back safely: a warning, a door for two, an incident; and what the team leader sees of them."""

from __future__ import annotations

from screenshots.tablet import LEAD, NURSE, Guide, look_up, submit

LATE = "garam.worker3"
"""Who should have come out twenty minutes ago in the fictional district."""
FOR_TWO = "가람-0075"


def warning(guide: Guide) -> None:
    """The hour is over; the tablet says so itself, with a line or without."""
    with guide.signed_in(LATE) as page:
        said = page.locator("[data-outing-warning]")
        said.wait_for()
        acts = said.get_by_role("button")
        guide.camera.part(page, "warning", said, said, marks=[said.locator(".outing-warning-text"), acts.nth(2)])


def alone(guide: Guide) -> None:
    """Nobody goes there alone: refused, asked for, allowed."""
    with guide.signed_in(NURSE, "/households") as page:
        look_up(page, FOR_TWO)
        page.get_by_role("link", name="방문 시작").first.click()
        page.wait_for_load_state()
        page.get_by_role("button", name="도착 · 방문 시작").click()
        refused, ask = page.locator("[data-refused]"), page.get_by_role("button", name="팀장에게 요청")
        ask.wait_for()
        panel = page.locator("[data-check-in]")
        guide.camera.part(page, "refused", page.locator(".page-head"), panel, marks=[refused.locator("p"), ask])
        ask.click()
        page.get_by_text("팀장에게 요청했습니다").first.wait_for()
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/alerts") as page:
        page.get_by_role("link", name="혼자 방문 허락을 요청했습니다").first.click()
        page.wait_for_load_state()
        page.fill("#reason", "따님이 함께 계신다고 통화로 확인함")
        marks = [page.locator('[aria-labelledby="asked"]'), page.locator("#account_id"), page.locator("#reason")]
        marks.append(page.locator(".foot-bar .button-main"))
        desk.camera.part(page, "allow-alone", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def incident(guide: Guide) -> None:
    with guide.signed_in(NURSE, "/households") as page:
        look_up(page, "가람-0008")
        page.get_by_role("link", name="안전사고").first.click()
        page.wait_for_load_state()
        page.locator("#kind").get_by_label("반려견 공격").check()
        marks = [page.locator(".incident-calls"), page.locator("#kind"), page.locator(".foot-bar .button-main")]
        guide.camera.part(page, "incident", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
        submit(page)


def board(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/out") as page:
        late = page.locator(".out-card").first
        late.locator("summary", has_text="답하기").click()
        late.get_by_label("통화됨, 무사").check()
        marks = [late.locator(".out-times"), late.get_by_role("link", name="전화"), late.locator(".out-form").first]
        marks.append(late.locator("summary", has_text="나옴"))
        desk.camera.part(page, "out-board", page.locator(".page-head"), page.locator(".out-card").nth(1), marks=marks)


def centre_incidents(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/incidents/centre") as page:
        rows = page.locator(".listing-row")
        marks = [page.locator(".tabs"), rows.first]
        desk.camera.part(page, "incidents", page.locator(".page-head"), rows.nth(3), marks=marks)
        page.goto("/incidents/counts")
        table = page.locator(".incident-counts").first
        marks = [page.get_by_role("link", name="현황 보고서"), table]
        desk.camera.part(page, "incident-counts", page.locator(".page-head"), table, marks=marks)
        page.goto("/phone-tree")
        tree = page.locator(".phone-tree")
        head = page.locator(".page-head")
        marks = [head.get_by_role("link", name="넣기"), tree, head.get_by_role("link", name="한 장 인쇄")]
        desk.camera.part(page, "phone-tree", head, tree, marks=marks)
