"""A visit record on paper says all that was written, each visit on a page of its own, again and again the same."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from dataclasses import fields, is_dataclass, replace
from io import BytesIO

import pytest
from app.reports import documents
from app.reports.documents.trends import trend_row
from app.reports.rules import (
    EmptyWord,
    Masking,
    PhotoFacts,
    ReportCode,
    SheetForm,
    VisitSheetFacts,
    from_json,
    masked,
    to_json,
)
from app.visits.rules.trends import Trend
from PIL import Image
from tests.unit.reports import sheet_papers as papers
from tests.unit.reports.reading import page_texts, reader, squeezed, text_of


def texts_in(value):
    """Every text of the facts that a person or the program wrote; what a chart draws has tests of its own."""
    if isinstance(value, str) and not hasattr(value, "label"):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif is_dataclass(value) and not isinstance(value, Trend):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def body_of(facts: VisitSheetFacts) -> str:
    """The text of the paper without the lines that stand on every page."""
    foot = re.compile(r"출력최은서.*?문서확인[0-9A-F-]{19}")
    return squeezed("".join(foot.sub("", squeezed(page)) for page in page_texts(documents.draw(facts))))


def test_every_text_of_a_day_can_be_read_back() -> None:
    facts = papers.a_day()
    body = body_of(facts)
    unsaid = {papers.LONG, facts.subject, facts.letterhead.printed_by}
    missing = [text for text in texts_in(facts) if text not in unsaid and squeezed(text) not in body]
    assert missing == []


def test_a_long_note_flows_over_the_page_and_loses_nothing() -> None:
    text = squeezed(text_of(documents.draw(papers.sheets(papers.nursing()))))
    assert re.findall(r"«(\d{4})»", text) == [f"{at:04d}" for at in range(150)]


@pytest.mark.parametrize(
    "typed",
    [
        "<b>x</b>",
        "<img src=x>",
        "뷁",
        unicodedata.normalize("NFD", "각인"),
        "👩‍⚕️ 😀",
        "=1+1 & %s",
        "㈜漢字℃",
    ],
    ids=["bold", "image", "rare", "decomposed", "emoji", "signs", "others"],
)
def test_what_was_typed_comes_back_from_every_text(typed: str) -> None:
    sheet = papers.nursing(
        name=typed, nursing_note=typed, welfare_note=typed, shared_line=typed, promise_note=typed, place=typed,
        told_to=typed, corrections=(), done=(), members=(), signatures=(),
    )  # fmt: skip
    text = squeezed(text_of(documents.draw(papers.sheets(sheet))))
    assert text.count(squeezed(typed)) >= 7


def test_three_thousand_signs_without_a_space_are_all_printed() -> None:
    text = text_of(documents.draw(papers.sheets(papers.nursing(nursing_note="똠" * 3000))))
    assert text.count("똠") == 3000


def test_each_visit_begins_a_page_with_a_head_and_a_bookmark() -> None:
    paper = reader(documents.draw(papers.a_day()))
    marks = [(entry.title, paper.get_destination_page_number(entry)) for entry in paper.outline]
    assert [title for title, _page in marks] == [
        "1. 09:30 김순자 (가람-0123)", "2. 11:30 김순자 (가람-0123)", "3. 11:30 천둥솔 (가람-0007) · 무효"
    ]  # fmt: skip
    for _title, at in marks:
        page = paper.pages[at].extract_text()
        assert "문서번호" in page
        assert "방문기록지(" in page
        assert "결\n재" in page


def test_the_pages_after_the_first_of_a_visit_say_whose_they_are() -> None:
    pages = page_texts(documents.draw(papers.a_day()))
    assert "가람-0123 2026. 9. 20.(일) 09:30" in pages[1]
    assert "가람-0123 2026. 9. 20.(일) 11:30" not in pages[1]


def test_a_record_taken_back_says_so_on_top() -> None:
    text = text_of(documents.draw(papers.sheets(papers.absence())))
    assert text.index("무효") < text.index("대상 가구")
    assert "다른 집에 적음" in text


def test_corrections_lateness_and_a_stale_signature_are_printed() -> None:
    text = squeezed(text_of(documents.draw(papers.sheets(papers.nursing()))))
    assert "사후입력2일뒤.정정1회" in text
    assert "서명뒤정정됨" in text
    assert "혈압을잘못적음" in text


def test_a_signature_is_drawn_from_its_strokes() -> None:
    [signature] = papers.nursing().signatures
    bare = replace(signature, strokes=())
    with_ink = documents.draw(papers.sheets(papers.nursing()))
    without = documents.draw(papers.sheets(papers.nursing(signatures=(bare,))))
    assert len(with_ink) != len(without)


def test_vitals_stand_with_their_word_and_the_chart_with_its_last_value() -> None:
    text = text_of(documents.draw(papers.sheets(papers.nursing())))
    for said in ("186/104 mmHg", "매우 높음 · 왼팔", "HI", "거부", "재지 못함", "혈압 150/89 고혈압 1기 범위", "51.6"):
        assert said in text, said


@pytest.mark.parametrize("word", list(EmptyWord))
def test_an_empty_field_says_the_word_that_was_chosen(word: EmptyWord) -> None:
    sheet = papers.welfare(place="", told_to="", promise_note="", shared_line="", welfare_note="", next_visit_reason="")
    text = text_of(documents.draw(papers.sheets(sheet, empty=word)))
    other = next(each for each in EmptyWord if each is not word)
    assert text.count(word.label) >= 6
    assert other.label not in text


def test_health_withheld_says_so_and_shows_nothing() -> None:
    sheet = papers.nursing(
        nursing_note="", vitals=(), trends=(), alarms=(), medicines=(), scores=(),
        nursing_withheld="간호기록은 열람 권한이 없어 뺐습니다",
    )  # fmt: skip
    text = text_of(documents.draw(papers.sheets(sheet)))
    assert "열람 권한이 없어 뺐습니다" in text
    assert "활력징후" not in text


@pytest.mark.parametrize(
    ("level", "hidden", "shown"),
    [
        (Masking.AGENCY, ("2646", "1203호"), ("김순자", "186/104")),
        (Masking.STATISTICS, ("김순자", "이뷁희", "2265", "1203호", "따님", "전기요금", "저녁 약"), ("김○○", "80대")),
    ],
)
def test_a_masked_sheet_holds_no_hidden_value(level: Masking, hidden: tuple[str, ...], shown: tuple[str, ...]) -> None:
    text = squeezed(text_of(documents.draw(masked(papers.a_day(), level))))
    assert [value for value in hidden if squeezed(value) in text] == []
    assert all(value in text for value in shown)


def test_the_bookmarks_are_masked_as_well() -> None:
    paper = reader(documents.draw(masked(papers.a_day(), Masking.STATISTICS)))
    assert next(entry.title for entry in paper.outline) == "1. 09:30 김○○ (가람-0123)"


@pytest.mark.parametrize("facts", [papers.a_day(), papers.blanks()], ids=["day", "blanks"])
def test_the_register_opens_the_sheets_again_byte_for_byte(facts: VisitSheetFacts) -> None:
    again = from_json(to_json(facts))
    assert again == facts
    assert documents.draw(again) == documents.draw(facts)


def test_blank_forms_are_a_page_each_with_room_to_write_and_no_word_for_empty() -> None:
    pages = page_texts(documents.draw(papers.blanks()))
    assert ["방문기록지(복지)" in page for page in pages] == [True, False]
    assert ["혈압 (mmHg)" in page for page in pages] == [False, True]
    assert all("서명" in page and "해당 없음" not in page and "미확인" not in page for page in pages)


def test_the_template_is_named_by_its_form() -> None:
    assert documents.template_version(ReportCode.VISIT_SHEET).startswith("F05")
    assert [form.heading for form in SheetForm] == ["방문기록지(복지)", "방문기록지(간호)"]


def test_charts_of_a_row_share_the_width_and_none_is_lost() -> None:
    drawing = trend_row((papers.pressures(), papers.weights()), width=500)
    assert drawing.width == 500
    groups = [each for each in drawing.contents if hasattr(each, "transform")]
    assert next(round(group.transform[4]) for group in groups) == 0
    assert 240 < groups[1].transform[4] < 320


def test_photos_stand_at_the_end_with_their_words_each_whole_on_a_page() -> None:
    photos = tuple(
        PhotoFacts(caption=f"현관 {at}", taken_at=papers.BEGAN, by="박지안", jpeg=picture(size))
        for at, size in enumerate([(640, 480), (300, 900), (20, 20)])
    )
    facts = papers.sheets(papers.welfare(photos=photos))
    paper = reader(documents.draw(facts))
    assert sum(len(page.images) for page in paper.pages) == 3
    assert "사진 (3장)" in text_of(documents.draw(facts))
    assert documents.draw(from_json(to_json(facts))) == documents.draw(facts)


def picture(size: tuple[int, int]) -> str:
    """A grey JPEG in base 64."""
    content = BytesIO()
    Image.new("RGB", size, (size[0] % 255, 120, 90)).save(content, "JPEG")
    return b64encode(content.getvalue()).decode()


def test_nobody_met_means_no_empty_measurements_and_one_page_with_its_signatures() -> None:
    pages = page_texts(documents.draw(papers.sheets(replace(papers.absence(), form=SheetForm.NURSING, voided=""))))
    assert len(pages) == 1
    assert "활력징후" not in pages[0]
    assert "방문자 (성명·서명)" in pages[0]


def test_a_blank_sheet_leaves_its_day_to_the_hand_and_claims_no_masking() -> None:
    text = text_of(documents.draw(papers.blanks()))
    assert "빈 서식" in text
    assert "통계용" not in text
