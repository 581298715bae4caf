"""Scenes at the door: the visit step by step, what must be put right, no signal, the draft afterwards."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page

from screenshots.camera import Camera
from screenshots.tablet import SAVED, Guide, begin, onward, submit, unfold


def meeting(page: Page, camera: Camera) -> None:
    page.fill("#began", "10:40")
    page.fill("#ended", "11:10")
    page.get_by_label("현장 메모", exact=True).fill("어지럽다고 하심. 약 이틀 거름. 짜게 드심")
    unfold(page, "함께 간 사람, 장소")
    page.locator("#companion_ids").get_by_label("서다솜 복지담당").check()
    page.locator(SAVED).wait_for()
    companion = page.locator("#companion_ids")
    marks = [page.locator(".steps"), page.locator("[data-field-notes]"), page.locator("#members_seen"), companion]
    marks.append(page.locator("[data-step-next]"))
    camera.part(page, "meeting", page.locator(".steps"), page.locator(".foot-bar"), marks=marks)


def arrival(page: Page, camera: Camera) -> None:
    """도착, with the company that was planned; then the strip on every page."""
    panel = page.locator("[data-check-in]")
    unfold(page, "함께 가는 사람")
    button = panel.get_by_role("button", name="도착 · 방문 시작")
    marks = [panel.locator(".chips").first, panel.locator(".form-columns"), button]
    camera.part(page, "arrival", page.locator(".page-head"), panel, marks=marks)
    button.click()
    strip, news = page.locator("[data-outing]"), page.locator(".toast")
    strip.get_by_text("방문 중").wait_for()
    news.first.wait_for()
    news.first.wait_for(state="detached", timeout=20_000)
    marks = [
        strip.locator(".outing-now"),
        strip.locator(".outing-acts"),
        strip.get_by_role("button", name="나왔습니다"),
    ]
    camera.part(page, "outing", strip, page.locator(".page-head"), marks=marks)


def vital(page: Page, name: str) -> Locator:
    """The first vital of that name."""
    return page.locator("[data-vital]").filter(has_text=name).first


def usual_vitals(page: Page, camera: Camera) -> None:
    page.fill("[name$=-systolic]", "138")
    page.fill("[name$=-diastolic]", "86")
    page.fill("[name$=-pulse]", "72")
    page.fill("[name$=-temperature]", "365")
    weight = vital(page, "체중")
    weight.get_by_text("재지 못함").click()
    pressure, warmth = vital(page, "혈압"), vital(page, "체온")
    marks = [pressure.locator("[data-judgement]"), pressure.locator(".vital-foot span")]
    marks += [warmth.locator("[data-judgement]"), weight.locator(".unmeasured")]
    camera.part(page, "vitals", page.locator(".steps"), vital(page, "혈당"), marks=marks)
    warmth.get_by_role("button", name="바꾸기").click()
    weight.get_by_label("거부").check()


def crisis(page: Page, camera: Camera) -> None:
    page.fill("[name$=-systolic]", "186")
    page.fill("[name$=-diastolic]", "104")
    asked = [page.locator(f'[data-when="{part}"]') for part in ("again:BLOOD_PRESSURE", "checklist", "action")]
    asked[0].locator("[name$=-systolic_again]").fill("184")
    asked[0].locator("[name$=-diastolic_again]").fill("102")
    asked[1].get_by_label("증상 없음을 확인했습니다").check()
    pressure = vital(page, "혈압")
    camera.part(page, "crisis", page.locator(".steps"), pressure, marks=[pressure.locator("[data-judgement]")])
    camera.part(page, "crisis-steps", asked[0], asked[2], marks=asked)
    page.get_by_label("당일 진료 의뢰").check()


def put_right(guide: Guide) -> None:
    """What comes back when what was done about a dangerous value was left out; the draft is thrown away."""
    with guide.signed_in() as page:
        begin(page, "송혁")
        page.locator('[data-step-to="vitals"]').click()
        page.fill("[name$=-systolic]", "186")
        page.fill("[name$=-diastolic]", "104")
        page.locator('[data-step-to="next"]').click()
        submit(page)
        steps = page.locator(".steps")
        marks = [page.locator(".error-summary"), steps.locator(".has-error")]
        guide.camera.part(page, "put-right", page.locator(".page-head"), steps, marks=marks)
        page.goto(page.url)
        page.get_by_role("button", name="버리기").click()
        with page.expect_navigation():
            page.locator("dialog[open] .button-main").click()


def care(page: Page, camera: Camera) -> None:
    """What was done, medicines and problems by taps; the notes from the spot put in order; a photo."""
    done = page.locator("[aria-labelledby=care-done-title]")
    for word in done.locator("fieldset").first.locator("label.chip").all()[:2]:
        word.click()
    medicines = page.locator("section[aria-labelledby^=care-medicines]:visible").first
    camera.part(page, "care-taps", page.locator(".steps"), medicines, marks=[done, medicines])
    page.get_by_role("button", name="기록에 옮기기").click()
    page.fill("#nursing_note", "어지럽다고 하심. 아침 혈압약을 이틀 거르심. 약 달력에 나눠 담아 드림.")
    page.fill("#shared_line", "약을 자주 거르심, 병원 동행 필요")
    page.fill("#told_to", "큰딸에게 전화함")
    page.locator(SAVED).wait_for()
    notes = page.locator("[data-field-notes]")
    move = page.get_by_role("button", name="기록에 옮기기")
    marks = [move, page.locator("#nursing_note"), page.locator("#shared_line")]
    camera.part(page, "notes", notes, notes, marks=[move])
    card = page.locator(".card:has(#nursing_note)")
    camera.part(page, "care", card, card, marks=marks[1:])
    problems = page.locator("[aria-labelledby=care-problems-title]")
    camera.part(page, "problems", problems, problems)
    photo(page, camera)


def photo(page: Page, camera: Camera) -> None:
    """A drawn cupboard of medicines, as the camera would give it."""
    place = page.locator("[data-photos]")
    place.locator("[data-photo-input]").first.set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": drawn_photo()}
    )
    card = place.locator("[data-photo-card]")
    card.get_by_role("button", name="약", exact=True).click()
    marks = [
        card.locator(".chips"),
        card.get_by_label("건강 사진").locator("xpath=.."),
        card.locator("[data-photo-send]"),
    ]
    camera.part(page, "photo", place, place, marks=marks)
    card.locator("[data-photo-send]").click()
    place.locator("[data-photo]:has(a)").first.wait_for()


def drawn_photo() -> bytes:
    """A pill calendar, drawn; no photograph of anybody's home is needed for a guide."""
    picture = Image.new("RGB", (640, 480), (222, 214, 200))
    drawing = ImageDraw.Draw(picture)
    for at in range(7):
        left = 40 + at * 82
        drawing.rounded_rectangle((left, 150, left + 70, 330), radius=12, fill=(250, 250, 250), outline=(120, 120, 120))
        for row in range(2):
            drawing.ellipse((left + 20, 175 + row * 80, left + 50, 205 + row * 80), fill=(214, 120, 90))
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=85)
    return stream.getvalue()


def next_date(page: Page, camera: Camera) -> None:
    page.fill("#promised_on", "2026-11-20")
    page.fill("#promise_note", "혈압 다시 재기")
    page.locator(SAVED).wait_for()
    own = page.locator(".step:visible .next-due").filter(has_text="집중관리군")
    marks = [own, page.locator("#promised_on"), page.locator("[data-step-submit]")]
    camera.part(page, "next-date", page.locator(".steps"), page.locator(".foot-bar"), marks=marks)


def visit(guide: Guide) -> None:
    """김순자, from the door to the next date."""
    with guide.signed_in() as page:
        begin(page, "김순자")
        arrival(page, guide.camera)
        meeting(page, guide.camera)
        onward(page)
        usual_vitals(page, guide.camera)
        crisis(page, guide.camera)
        onward(page)
        care(page, guide.camera)
        onward(page)
        next_date(page, guide.camera)
        submit(page)
        marks = [page.locator(".flashes .banner"), page.locator("#dues")]
        guide.camera.part(page, "recorded", page.locator(".flashes"), page.locator("#dues"), marks=marks)


def without_signal(guide: Guide) -> None:
    with guide.signed_in() as page:
        begin(page, "이춘자")
        page.locator('[data-step-to="care"]').click()
        note = page.locator("#nursing_note")
        note.fill("약 달력 드리고 채우는 법 함께 해 봄. 발등이 부어 있음.")
        page.locator(SAVED).wait_for()
        page.route("**/drafts/**", lambda route: route.abort("internetdisconnected"))
        page.evaluate("dispatchEvent(new Event('offline'))")
        note.press_sequentially(" 짜게 드시지 않게 말씀드림.")
        failed = page.locator('[data-draft-status][data-state="failed"]')
        failed.wait_for()
        guide.camera.screen(page, "no-signal", height=1100, marks=[failed, page.locator(".toast").first])
        page.unroute("**/drafts/**")
        page.locator(SAVED).wait_for()


def draft(guide: Guide) -> None:
    with guide.signed_in() as page:
        section = page.locator('section[aria-labelledby="drafts"]')
        guide.camera.part(page, "draft", page.locator(".page-head"), section, marks=[section])
        section.get_by_role("link", name="이춘자").click()
        banner = page.locator(".banner.tone-info")
        guide.camera.part(page, "go-on", page.locator(".page-head"), page.locator(".steps"), marks=[banner])
