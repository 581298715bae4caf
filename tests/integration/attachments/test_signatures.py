"""Signatures: strokes under the words that were shown, once however often sent, and honest about what came after."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.attachments import queries
from app.attachments.models import Attachment
from app.attachments.rules import Place, SignatureState
from app.attachments.service import FileStore, read_file
from app.households.models import Household
from app.visits import service as visits
from app.visits.models import Visit
from app.visits.rules import VisitDetails
from app.visits.service.signed_texts import states_of_signatures, text_to_sign
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.factories.visits import absence_details, visit_details

Enter = Callable[[Role | Account], Browser]
DRAWN = json.dumps([[[200, 400, 0], [500, 200, 30], [900, 600, 60]], [[1000, 300, 200], [1400, 320, 260]]])


@pytest.fixture
def details(household: Household) -> VisitDetails:
    return visit_details(household, nursing_note="꿀차를 자주 드심", welfare_note="밑반찬이 떨어짐")


@pytest.fixture
def visit(session: Session, town: Town, household: Household, details: VisitDetails, now: datetime) -> Visit:
    return visits.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)


def correct(session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime, **changes: str) -> None:
    visits.correct_visit(
        session, visit, replace(details, **changes), reason="잘못 적음", version=visit.version,
        actor=town.who(town.nurse), now=now,
    )  # fmt: skip


def signatures(session: Session) -> list[Attachment]:
    return list(session.scalars(select(Attachment)))


def states(session: Session, visit: Visit) -> list[SignatureState]:
    session.expire_all()
    return list(states_of_signatures(visit, signatures(session)).values())


def sign(browser: Browser, visit: Visit, *, status: int = 302, **fields: str) -> str:
    form = browser.get(f"/visits/{visit.id}/sign").form("/sign")
    return browser.submit(form, status=status, **{"strokes": DRAWN, **fields}).get_data(as_text=True)


def test_a_signature_is_its_strokes_and_a_picture_of_them(
    session: Session, sign_in_as: Enter, visit: Visit, store: FileStore, town: Town
) -> None:
    visit_id = visit.id
    sign(sign_in_as(town.nurse), visit)
    (row,) = signatures(session)
    assert (row.visit_id, row.signer, row.signed_version) == (visit_id, "김순자 (본인)", 1)
    assert row.strokes == json.loads(DRAWN)
    assert row.signed_hash == text_to_sign(visit, with_health=True).sha256
    content = read_file(store, row)
    assert content is not None
    drawn = Image.open(BytesIO(content))
    assert (drawn.format, drawn.size, drawn.getextrema()) == ("PNG", (1000, 400), (20, 255))


def test_a_lost_picture_is_drawn_anew_from_the_strokes(
    session: Session, sign_in_as: Enter, visit: Visit, store: FileStore
) -> None:
    browser = sign_in_as(Role.NURSE)
    sign(browser, visit)
    (row,) = signatures(session)
    path, key = f"/attachments/{row.id}", row.file_key
    before = browser.open(path, status=200)
    store.forget(Place(key))
    again = browser.open(path, status=200)
    assert again.data == before.data
    assert again.headers["Content-Type"] == "image/png"


def test_the_whole_text_stands_above_the_line_and_what_staff_tell_each_other_does_not(
    sign_in_as: Enter, session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    told = replace(details, shared_line="약을 자주 거르심", told_to="팀장")
    visit = visits.log_visit(session, household, told, typed_at=now, actor=town.who(town.nurse), now=now)
    page = sign_in_as(town.nurse).get(f"/visits/{visit.id}/sign").text
    for shown in ("2026년 11월 23일(월) 09:05–09:40", "꿀차를 자주 드심", "밑반찬이 떨어짐"):
        assert shown in page
    assert "거르심" not in page
    assert "팀장" not in page


def test_whoever_may_not_read_health_has_the_rest_signed_and_that_stands_as_well(
    session: Session, sign_in_as: Enter, visit: Visit, town: Town
) -> None:
    browser = sign_in_as(town.worker)
    page = browser.get(f"/visits/{visit.id}/sign").text
    assert "밑반찬이 떨어짐" in page
    assert "꿀차" not in page
    sign(browser, visit)
    assert states(session, visit) == [SignatureState.STANDS]


def test_a_correction_afterwards_shows_on_the_page(
    session: Session, sign_in_as: Enter, visit: Visit, town: Town, details: VisitDetails, now: datetime
) -> None:
    browser, path = sign_in_as(town.nurse), f"/visits/{visit.id}"
    sign(browser, visit)
    assert "서명한 글 그대로" in browser.get(path).text
    correct(session, town, visit, details, now, welfare_note="쌀이 떨어짐")
    assert states(session, visit) == [SignatureState.CORRECTED]
    assert "서명 뒤 정정됨" in browser.get(path).text
    sign(browser, visit)
    assert set(states(session, visit)) == {SignatureState.CORRECTED, SignatureState.STANDS}


def test_words_that_changed_without_a_correction_are_noticed(session: Session, sign_in_as: Enter, visit: Visit) -> None:
    browser, path = sign_in_as(Role.NURSE), f"/visits/{visit.id}"
    sign(browser, visit)
    visit.welfare_note = "쌀도 떨어짐"
    session.flush()
    assert states(session, visit) == [SignatureState.DIFFERS]
    assert "서명 뒤 내용이 달라짐" in browser.get(path).text


def test_what_was_corrected_while_the_page_was_open_is_shown_again_before_it_is_signed(
    session: Session, sign_in_as: Enter, visit: Visit, town: Town, details: VisitDetails, now: datetime
) -> None:
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/visits/{visit.id}/sign").form("/sign")
    correct(session, town, visit, details, now, welfare_note="쌀이 떨어짐")
    text = browser.submit(form, strokes=DRAWN, status=422).get_data(as_text=True)
    assert "그 사이에 바뀌었습니다" in text
    assert "쌀이 떨어짐" in text
    assert not signatures(session)
    assert browser.page is not None
    browser.submit(browser.page.form("/sign"), strokes=DRAWN, status=302)
    assert states(session, visit) == [SignatureState.STANDS]


def test_the_same_signature_sent_twice_signs_once(session: Session, sign_in_as: Enter, visit: Visit) -> None:
    browser = sign_in_as(Role.NURSE)
    form = browser.get(f"/visits/{visit.id}/sign").form("/sign")
    for _ in range(2):
        browser.submit(form, strokes=DRAWN, status=302)
    assert len(signatures(session)) == 1


def test_whoever_cannot_sign_has_a_reason_and_a_witness(session: Session, sign_in_as: Enter, visit: Visit) -> None:
    browser, path = sign_in_as(Role.NURSE), f"/visits/{visit.id}"
    for fields, words in (
        ({"strokes": ""}, "서명을 그려 주세요"),
        ({"strokes": "", "not_signed": "HAND"}, "함께 본 사람"),
        ({"strokes": "[[[1,2]]]"}, "다시 그려 주세요"),
        ({"signer": ""}, "이름을 적어 주세요"),
        ({"role": "KING"}, "선택"),
    ):
        assert words in sign(browser, visit, status=422, **fields)
    sign(browser, visit, strokes="", not_signed="HAND", note="떨림이 심함", witness="통장 민하준")
    (row,) = signatures(session)
    assert (row.strokes, row.size, row.caption) == (
        None,
        0,
        "서명 불가: 손을 쓰기 어려움 떨림이 심함. 입회 통장 민하준",
    )
    about = f"/attachments/{row.id}"
    assert "입회 통장 민하준" in browser.get(path).text
    browser.open(about, status=404)
    assert "서명 불가" in browser.get(f"{about}/about").text


def test_a_form_that_comes_back_keeps_what_was_drawn(sign_in_as: Enter, visit: Visit) -> None:
    browser = sign_in_as(Role.NURSE)
    sign(browser, visit, status=422, signer="")
    assert browser.page is not None
    assert browser.page.form("/sign").fields["strokes"] == DRAWN


def test_a_removed_signature_stands_nowhere(session: Session, sign_in_as: Enter, visit: Visit, town: Town) -> None:
    browser, path = sign_in_as(town.nurse), f"/visits/{visit.id}"
    sign(browser, visit)
    about = f"/attachments/{signatures(session)[0].id}/about"
    browser.submit(browser.get(about).form("/remove"), reason="다른 사람이 서명함", status=302)
    assert "김순자 (본인)" not in browser.get(path).text
    assert queries.list_of_visits(session, town.who(town.nurse), [visit.id]) == {}


def test_nobody_signs_what_is_no_record_or_another_centres(
    session: Session, sign_in_as: Enter, visit: Visit, town: Town, household: Household, now: datetime
) -> None:
    absence = absence_details(household)
    vain = visits.log_absence(session, household, absence, typed_at=now, actor=town.who(town.nurse), now=now)
    vain_id, visit_id = vain.id, visit.id
    sign_in_as(town.nurse).open(f"/visits/{vain_id}/sign", status=404)
    for stranger in (town.narae_nurse, town.far_supervisor):
        sign_in_as(stranger).open(f"/visits/{visit_id}/sign", status=404)
    sign_in_as(town.district_officer).open(f"/visits/{visit_id}/sign", status=403)
