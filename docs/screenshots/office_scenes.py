"""Scenes at the team leader's desk: the centre's day, a decision, the calendar, who is away, the load, protection."""

from __future__ import annotations

from playwright.sync_api import Page

from screenshots.tablet import LEAD, NURSE, Guide, look_up, submit

AWAY, COVER, VISITED, NOT_MET = "도은별", "민경태 복지담당", "강용녀", "김순자"


def centre_day(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD) as page:
        waiting = page.locator('section[aria-labelledby="awaiting"]')
        marks = [page.locator(".counts"), page.get_by_role("navigation", name="담당자로 보기"), waiting]
        desk.camera.part(page, "lead-today", page.locator(".page-head"), page.locator("article.due").first, marks=marks)
        waiting.get_by_role("link", name=NOT_MET).click()
        page.wait_for_load_state()
        decision(desk, page)


def decision(desk: Guide, page: Page) -> None:
    tries = page.locator('section[aria-labelledby="tries-title"]')
    send = page.get_by_role("button", name="판단 남기기")
    marks = [tries, page.locator("#verdict"), page.locator("#reason"), send]
    desk.camera.part(page, "lead-decision", page.locator(".page-head"), send, marks=marks)
    page.get_by_role("link", name="112·119 출입 요청서").click()
    page.get_by_label("생명·신체의 급박한 위험").check()
    page.fill("#ground_words", "사흘째 우편물이 쌓이고 인기척이 없음. 당뇨약을 드심.")
    page.get_by_label("전체").check()
    marks = [page.locator(f"#{name}") for name in ("ground", "ground_words", "masking")]
    marks.append(page.locator(".foot-bar .button-main"))
    desk.camera.part(page, "entry-sheet", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)


def calendar(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/calendar") as page:
        people = page.get_by_role("navigation", name="담당자로 보기")
        marks = [page.locator(".cal-steps"), page.locator(".cal-scales"), people, page.locator("tbody th").first]
        desk.camera.part(page, "team-week", page.locator(".page-head"), page.locator(".table-frame"), marks=marks)
        people.get_by_role("link", name=AWAY).click()
        page.wait_for_load_state()
        page.locator("[data-visit]").filter(has_text=VISITED).first.click()
        sheet = page.locator(".sheet:popover-open")
        desk.camera.screen(page, "colleague-visit", height=700, marks=[sheet.get_by_role("link", name="옮기기")])
        sheet.get_by_role("link", name="옮기기").click()
        page.wait_for_load_state()
        page.get_by_label("직원 사정").check()
        marks = [page.locator("#change"), page.get_by_role("navigation", name="누가 갑니까")]
        marks.append(page.locator(".board"))
        desk.camera.part(page, "move-visit", page.locator(".page-head"), page.locator(".board"), marks=marks)


def workload(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/workload") as page:
        team = page.locator('section[aria-labelledby^="worker"]').first
        marks = [team.locator(".banner"), team.locator(".load-cell").first, team.locator(".load-total")]
        desk.camera.part(page, "workload", page.locator(".page-head"), team, marks=marks)


def week_behind(guide: Guide) -> None:
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/week") as page:
        marks = [page.locator(".week-people td a").first, page.locator(".counts").last]
        desk.camera.part(page, "week-behind", page.locator(".page-head"), page.locator(".counts").last, marks=marks)


def cover(guide: Guide) -> None:
    """Somebody is away on days on which visits are planned already."""
    desk = guide.at_desk
    with desk.signed_in(LEAD, "/assignments/covers/new") as page:
        page.locator("#absent_id").select_option(label=f"{AWAY} 복지담당")
        page.locator("#covered_by_id").select_option(label=COVER)
        page.fill("#from_on", "2026-11-18")
        page.fill("#until_on", "2026-11-20")
        page.fill("#reason", "연가")
        marks = [page.locator(part) for part in (".form-columns", "#reason", ".foot-bar .button-main")]
        desk.camera.part(page, "cover", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
        submit(page)
        page.goto("/calendar/to-settle")
        row = page.locator(".choose-row").last
        marks = [
            page.get_by_role("button", name="모두"),
            row.get_by_role("button"),
            row.get_by_role("link", name="옮기기"),
        ]
        desk.camera.part(page, "to-settle", page.locator(".page-head"), page.locator(".listing").last, marks=marks)


def protection(guide: Guide) -> None:
    """A nurse has opened a restricted task; the team leader sees it."""
    with guide.signed_in(NURSE, "/households") as page:
        look_up(page, "가람-0004")
        page.get_by_role("link", name="보호 조치 열기").click()
        page.get_by_label("노인학대 의심").check()
        page.fill("#because", "팔 안쪽에 멍이 여럿 있음. 누가 그랬는지 여쭈니 말씀을 피하심.")
        marks = [page.locator("#kind"), page.locator("#because"), page.locator(".foot-bar .button-main")]
        guide.camera.part(page, "open-protection", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
        submit(page)
        path = page.url
    desk = guide.at_desk
    with desk.signed_in(LEAD, path) as page:
        lines = page.locator('section[aria-labelledby="lines"]')
        marks = [page.locator("main .banner").first, lines, page.locator("#reported_to"), page.locator("[name=close]")]
        desk.camera.part(page, "protection", page.locator(".page-head"), page.locator(".foot-bar"), marks=marks)
