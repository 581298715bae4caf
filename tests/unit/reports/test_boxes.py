"""Boxed forms: what is put into a box comes out of the paper, and the same form by hand is empty and has room."""

from __future__ import annotations

import pytest
from app.core.labelled import Labelled
from app.reports.documents.boxes import BoxedForm, Signer
from app.reports.documents.boxes.form import ticks
from app.reports.documents.flow import Flow
from app.reports.documents.page import PORTRAIT, bind
from app.reports.documents.tables import Column
from app.reports.rules.boxed import ChoiceFacts, choice_of
from tests.unit.reports import sheet_papers
from tests.unit.reports.papers import UNBROKEN
from tests.unit.reports.reading import page_texts, squeezed, text_of


class Way(Labelled):
    DESK = "DESK", "내방"
    DOOR = "DOOR", "가정 방문"


COLUMNS = (Column("무엇", 30), Column("언제", 20, empty="정하지 않음"))


def form_of(*, by_hand: bool = False, empty: str = "미확인") -> BoxedForm:
    return BoxedForm(Flow(PORTRAIT, bottom=PORTRAIT.bottom), empty=empty, by_hand=by_hand)


def printed(form: BoxedForm) -> bytes:
    return bind(form.flow.pages, PORTRAIT, title="", author="", subject="")


def filled(*, by_hand: bool = False, told: str = "나눈 이야기") -> BoxedForm:
    form = form_of(by_hand=by_hand)
    with form.block("대상") as rows:
        rows.pair("관리번호", "" if by_hand else "가람-0123", "대표자", "")
        rows.choice("방법", choice_of(Way, None if by_hand else Way.DOOR))
        rows.prose("내용", "" if by_hand else told, lines=6)
    form.listing("목록", COLUMNS, [("도시락", ""), ("", "매주")], hand_rows=4)
    form.signing((Signer("작성자", "" if by_hand else "최은서"), Signer("대상자")))
    return form


def test_what_is_put_into_boxes_can_be_read_back() -> None:
    text = squeezed(text_of(printed(filled())))
    for said in (
        "1.대상",
        "가람-0123",
        "■가정방문",
        "□내방",
        "나눈이야기",
        "2.목록",
        "도시락",
        "매주",
        "최은서",
        "3.확인",
    ):
        assert said in text, said


def test_an_empty_box_says_the_word_of_the_form_or_of_its_column() -> None:
    text = text_of(printed(filled()))
    assert text.count("미확인") == 2
    assert text.count("정하지 않음") == 1


def test_by_hand_no_box_says_a_word_for_empty_and_nothing_is_ticked() -> None:
    text = text_of(printed(filled(by_hand=True)))
    assert [word for word in ("미확인", "정하지 않음", "해당 없음", "■", "도시락") if word in text] == []
    assert text.count("□") == 2


def test_by_hand_there_is_room_to_write() -> None:
    assert filled(by_hand=True).flow.y < filled().flow.y - 50


@pytest.mark.parametrize("told", ["<b>x</b> & 뷁", "똠" * 3000, UNBROKEN], ids=["signs", "unbroken", "pages"])
def test_long_and_odd_prose_flows_over_pages_and_loses_nothing(told: str) -> None:
    paper = printed(filled(told=told))
    shown = squeezed(text_of(paper)).replace("내용(계속)", "").replace("내용", "")
    assert squeezed(told) in shown


def test_the_head_of_a_list_stands_again_on_every_page() -> None:
    form = form_of()
    form.listing("목록", COLUMNS, [(f"줄 {at}", "매주") for at in range(120)])
    pages = page_texts(printed(form))
    assert len(pages) > 2
    assert all("무엇" in page for page in pages)


def test_a_signature_stands_within_its_own_box() -> None:
    [signature] = sheet_papers.nursing().signatures
    form = form_of()
    form.signing((Signer("작성자", "최은서"), Signer("대상자", "김순자", signature)))
    [(drawing, x, y)] = form.flow.page.drawings
    middle = PORTRAIT.side + PORTRAIT.body / 2
    assert middle < x
    assert x + drawing.width < PORTRAIT.right
    assert form.flow.y < y < y + drawing.height < PORTRAIT.height - PORTRAIT.top
    assert text_of(printed(form)).count("(서명 또는 인)") == 1


def test_boxes_to_sign_in_are_never_torn() -> None:
    [signature] = sheet_papers.nursing().signatures
    for filler in range(45, 60):
        form = form_of()
        form.listing("목록", COLUMNS, [(f"줄 {at}", "매주") for at in range(filler)])
        form.signing((Signer("작성자", "최은서"), Signer("대상자", "김순자", signature)))
        with_title = [page for page in page_texts(printed(form)) if "대상자" in page]
        assert len(with_title) == 1
        assert "(서명 또는 인)" in with_title[0]
        assert form.flow.page.drawings


def test_every_word_of_a_choice_keeps_together_with_its_box() -> None:
    words = ticks(ChoiceFacts(options=("내방", "가정 방문"), chosen=("가정 방문",)))
    assert words.split(" ") == ["□\N{NO-BREAK SPACE}내방", "", "", "■\N{NO-BREAK SPACE}가정\N{NO-BREAK SPACE}방문"]
