"""A photo taken at the door and sent when there is a line again; the record signed by a finger, and corrected afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from app.attachments.models import Attachment
from app.attachments.rules import AttachmentKind
from app.visits.models import Visit
from playwright.sync_api import expect
from sqlalchemy import select
from tests.factories.pictures import photo_with_place
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.attachments import PhotoSection, SignaturePage
from tests.journeys.screens.record import CorrectionPage, RecordPage
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import LANDSCAPE, PORTRAIT, Tablet, until

NURSE = "garam.nurse1"
SLANT = [(0.1 + step / 40, 0.3 + (step % 3) / 10) for step in range(12)]
HAND_MOVES = 1_200
"""Milliseconds from the pad to a button; two touches closer together are one gesture to a browser."""
HOOK = [(0.6, 0.2), (0.7, 0.7), (0.85, 0.5)]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """What the camera gives: large, turned, and with the place it was taken at."""
    file = tmp_path / "20261123_140301.jpg"
    file.write_bytes(photo_with_place(6))
    return file


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["upright", "flat"])
def test_photos_at_the_door_and_a_signature_that_outlives_a_correction(
    open_tablet: OpenTablet, ledger: Ledger, picture: Path, size: tuple[int, int]
) -> None:
    tablet, stop = open_tablet(NURSE, size=size), ledger.overdue(NURSE)
    takes_photos_with_and_without_a_line(tablet, stop, picture)
    submits_the_record(tablet)
    the_photos_belong_to_the_record(ledger, stop)
    visit_id = the_newest(ledger, stop)
    has_it_signed_by_a_finger(tablet, visit_id)
    corrects_it_afterwards(tablet, visit_id)
    the_strokes_are_stored(ledger, visit_id)
    assert not tablet.hand.small


def takes_photos_with_and_without_a_line(tablet: Tablet, stop: Stop, picture: Path) -> None:
    form = VisitPage(tablet).open(stop.id)
    form.step("살핌·기록")
    photos, hand = PhotoSection(tablet), tablet.hand
    photos.take(picture)
    hand.tap(photos.send)
    expect(photos.error).to_contain_text("고르거나 적어 주세요")
    hand.tap(photos.chip("약"))
    expect(photos.health).to_be_checked()
    hand.tap(photos.send)
    expect(photos.stored).to_have_count(1)
    tablet.forgive("ERR_INTERNET_DISCONNECTED")
    tablet.context.set_offline(True)
    photos.take(picture)
    photos.own_words.fill("현관 문턱")
    hand.tap(photos.send)
    expect(photos.waiting).to_contain_text("전송 대기 1장")
    expect(tablet.page.get_by_role("banner")).to_contain_text("전송 대기 1장")
    tablet.context.set_offline(False)
    expect(photos.stored).to_have_count(2)
    expect(photos.waiting).to_be_empty()
    hand.tap(photos.drop("약"))
    hand.tap(photos.place.get_by_role("button", name="되돌리기"))
    expect(photos.stored).to_have_count(2)


def submits_the_record(tablet: Tablet) -> None:
    form = VisitPage(tablet)
    tablet.hand.write(form.nursing_note, "약 달력을 함께 채움")
    form.saved()
    form.step("다음 약속")
    tablet.hand.tap(form.submit)
    expect(tablet.page.get_by_text("방문을 기록했습니다")).to_be_visible()


def the_newest(ledger: Ledger, stop: Stop) -> object:
    with ledger.reading() as session:
        newest = select(Visit.id).where(Visit.household_id == stop.id).order_by(Visit.received_at.desc())
        return session.scalars(newest).first()


def the_photos_belong_to_the_record(ledger: Ledger, stop: Stop) -> None:
    visit_id = the_newest(ledger, stop)
    with ledger.reading() as session:
        photos = session.scalars(
            select(Attachment).where(Attachment.visit_id == visit_id).order_by(Attachment.at)
        ).all()
        assert [(row.caption, row.is_health) for row in photos] == [("약", True), ("현관 문턱", False)]
        assert {(row.width, row.height) for row in photos} == {(480, 640)}, "the photo lies on its side"


def has_it_signed_by_a_finger(tablet: Tablet, visit_id: object) -> None:
    record, signing, hand = RecordPage(tablet).open(visit_id), SignaturePage(tablet), tablet.hand
    hand.tap(record.page.get_by_role("link", name="서명받기"))
    expect(signing.text).to_contain_text("약 달력을 함께 채움")
    for number, stroke in enumerate((SLANT, HOOK, HOOK), start=1):
        signing.draw(stroke)
        expect(signing.state).to_have_text(f"{number}획")
    tablet.page.wait_for_timeout(HAND_MOVES)
    hand.tap(signing.button("한 획 지우기"))
    expect(signing.state).to_have_text("2획")
    hand.tap(signing.button("서명 저장"))
    expect(record.text).to_contain_text("서명한 글 그대로")


def corrects_it_afterwards(tablet: Tablet, visit_id: object) -> None:
    correction = CorrectionPage(tablet).open(visit_id)
    correction.reason.fill("약 이름을 잘못 적음")
    correction.note.fill("약 달력을 함께 채움. 혈압약 한 알 남음")
    tablet.hand.tap(correction.submit)
    expect(RecordPage(tablet).text).to_contain_text("서명 뒤 정정됨")


def the_strokes_are_stored(ledger: Ledger, visit_id: object) -> None:
    with ledger.reading() as session:
        signed = select(Attachment).where(Attachment.visit_id == visit_id, Attachment.kind == AttachmentKind.SIGNATURE)
        signature = session.scalars(signed).one()
        assert signature.strokes is not None
        assert [len(stroke) for stroke in signature.strokes] == [len(SLANT), len(HOOK)]
        assert signature.signed_version == 1


def test_a_photo_that_found_no_line_is_sent_from_the_next_page_and_names_nobody_meanwhile(
    open_tablet: OpenTablet, ledger: Ledger, picture: Path
) -> None:
    """The page is closed while the photo waits; the tablet's own storage tells nothing about it."""
    tablet, stop = open_tablet(NURSE), ledger.quiet(NURSE)
    tablet.forgive("ERR_INTERNET_DISCONNECTED")
    VisitPage(tablet).open(stop.id).step("살핌·기록")
    tablet.page.wait_for_load_state("networkidle")
    photos = PhotoSection(tablet)
    tablet.context.set_offline(True)
    photos.take(picture)
    photos.own_words.fill("김순자 님 약 봉투")
    tablet.hand.tap(photos.send)
    expect(photos.waiting).to_contain_text("전송 대기 1장")
    kept = tablet.page.evaluate(EVERYTHING_KEPT)
    assert len(kept) == 1
    assert "순자" not in kept[0]["text"]
    assert sorted(kept[0]["names"]) == ["at", "id", "iv", "sealed"]
    tablet.context.set_offline(False)
    tablet.open("/today")
    until(tablet.page, "async () => !(await (" + EVERYTHING_KEPT + ")()).length")
    with ledger.reading() as session:
        arrived = session.scalars(select(Attachment).where(Attachment.caption == "김순자 님 약 봉투")).one()
        assert arrived.household_id == stop.id


EVERYTHING_KEPT = """() => new Promise((resolve) => {
  const request = indexedDB.open("outreach-waiting", 1);
  request.onsuccess = () => {
    const all = request.result.transaction("photo").objectStore("photo").getAll();
    all.onsuccess = () => {
      request.result.close();
      resolve(all.result.map((row) => ({
        names: Object.keys(row),
        text: new TextDecoder().decode(row.sealed) + JSON.stringify(row.id),
      })));
    };
  };
})"""
