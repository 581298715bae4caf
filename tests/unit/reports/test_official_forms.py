"""Official forms say all that was written, hide what they must, open again the same, and are printed blank."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from app.plans.rules import SharedFacts
from app.reports import documents
from app.reports.documents.referral_sheet import NOT_SENT
from app.reports.rules import EmptyWord, Masking, from_json, masked, to_json
from app.reports.rules.boxed import ChoiceFacts, FormFacts, choice_of
from app.reports.rules.closing_sheets import AftercareSheetFacts, ClosureSheetFacts
from app.reports.rules.counselling_sheet import CounsellingSheetFacts
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.plan_sheet import PlanSheetFacts
from app.reports.rules.referral_sheet import ReferralSheetFacts
from tests.unit.reports import form_papers as papers
from tests.unit.reports.reading import page_texts, reader, squeezed, text_of

every_form = pytest.mark.parametrize("facts", papers.FILLED.values(), ids=papers.FILLED.keys())
every_blank = pytest.mark.parametrize("facts", papers.BLANKS.values(), ids=papers.BLANKS.keys())
ODD = ("<b>x</b>", "<img src=x>", "뷁", unicodedata.normalize("NFD", "각인"), "👩‍⚕️ 😀", "=1+1 & %s")
PROSE = {
    CounsellingSheetFacts: ("complaint", "family", "housing", "income", "health", "told", "measures", "with_whom"),
    PlanSheetFacts: ("because", "clients_view"),
    ReferralSheetFacts: ("reason", "asked_for", "ground_words"),
    ClosureSheetFacts: ("goals_reached", "note", "attempts", "aftercare"),
    AftercareSheetFacts: ("goals_reached", "outcome"),
}
EMPTY_BOXES = {
    CounsellingSheetFacts: ("family", "housing", "income", "health"),
    PlanSheetFacts: ("because", "clients_view"),
    ReferralSheetFacts: ("reason", "ground_words"),
    ClosureSheetFacts: ("note", "goals_reached", "aftercare"),
    AftercareSheetFacts: ("goals_reached", "outcome"),
}


def texts_in(value: Any) -> list[str]:
    """Every text of the facts but those of the letterhead, which has tests of its own; of a choice all its words."""
    if isinstance(value, str):
        return [] if isinstance(value, Enum) else [value]
    if isinstance(value, tuple):
        return [text for each in value for text in texts_in(each)]
    if is_dataclass(value) and not isinstance(value, Letterhead):
        return [text for each in fields(value) for text in texts_in(getattr(value, each.name))]
    return []


def with_prose(facts: Any, text: str) -> Any:
    return replace(facts, **dict.fromkeys(PROSE[type(facts)], text))


def text_without_feet(facts: FormFacts) -> str:
    foot = re.compile(r"출력최은서.*?문서확인[0-9A-F-]{19}")
    return squeezed("".join(foot.sub("", squeezed(page)) for page in page_texts(documents.draw(facts))))


@every_form
def test_every_text_that_went_in_can_be_read_back(facts: FormFacts) -> None:
    text = text_without_feet(facts)
    missing = [each for each in texts_in(facts) if each != facts.subject and squeezed(each) not in text]
    assert missing == []


@every_form
@pytest.mark.parametrize("typed", ODD)
def test_what_was_typed_comes_back_from_every_box(facts: FormFacts, typed: str) -> None:
    text = squeezed(text_of(documents.draw(with_prose(facts, typed))))
    assert text.count(squeezed(typed)) >= len(PROSE[type(facts)])


@every_form
def test_three_thousand_signs_without_a_space_flow_over_the_page_and_lose_nothing(facts: FormFacts) -> None:
    paper = documents.draw(with_prose(facts, "똠" * 3000))
    assert len(page_texts(paper)) > 2
    printed = len(PROSE[type(facts)]) + ("asked_for" in PROSE[type(facts)])  # the reply says again what was asked
    assert text_of(paper).count("똠") == 3000 * printed


@every_form
@pytest.mark.parametrize("word", list(EmptyWord))
def test_an_empty_box_says_the_word_that_was_chosen(facts: FormFacts, word: EmptyWord) -> None:
    names = EMPTY_BOXES[type(facts)]
    told = text_of(documents.draw(replace(facts, empty=word)))
    bare = text_of(documents.draw(replace(facts, empty=word, **dict.fromkeys(names, ""))))
    assert bare.count(word.label) >= told.count(word.label) + len(names)


@every_form
def test_the_register_opens_a_form_again_byte_for_byte(facts: FormFacts) -> None:
    again = from_json(to_json(facts))  # type: ignore[arg-type]
    assert again == facts
    assert documents.draw(again) == documents.draw(facts)  # type: ignore[arg-type]


@every_form
def test_for_an_agency_phone_and_flat_are_hidden_and_for_statistics_every_word_of_a_person(facts: Any) -> None:
    agency = squeezed(text_of(documents.draw(masked(facts, Masking.AGENCY))))
    assert "가람-0123" in agency
    assert [each for each in ("2646", "1203호", "1941.3.2.") if each in agency] == []
    statistics = squeezed(text_of(documents.draw(masked(facts, Masking.STATISTICS))))
    assert [each for each in ("김순자", "2265", "가람로12길", "반찬이거의없었음") if each in statistics] == []


@every_form
def test_a_form_has_its_number_its_boxes_of_approval_and_its_pages_counted(facts: FormFacts) -> None:
    pages = page_texts(documents.draw(facts))
    assert facts.letterhead.document_number in pages[0]
    assert all(each in pages[0] for each in ("담당", "팀장", "동장"))
    assert f"1/{len(pages)}쪽" in pages[0]


@every_blank
def test_a_blank_form_says_no_word_for_empty_and_ticks_nothing(facts: FormFacts) -> None:
    paper = documents.draw(facts)
    text = text_of(paper)
    assert [each for each in ("해당 없음", "미확인", "■", "정하지 않음", NOT_SENT, "묻지 않음") if each in text] == []
    assert "(서명 또는 인)" in text
    assert "손으로 쓰는 서식" in text
    assert documents.draw(from_json(to_json(facts))) == paper  # type: ignore[arg-type]


@pytest.mark.parametrize("name", papers.BLANKS)
def test_a_blank_form_has_the_boxes_of_the_filled_one(name: str) -> None:
    blank = squeezed(text_of(documents.draw(papers.BLANKS[name])))
    headings = re.findall(r"^\d\. ([^\n(]+?)(?: \(.*\))?$", text_of(documents.draw(papers.FILLED[name])), re.MULTILINE)
    missing = [each for each in headings if squeezed(each) not in blank and each != "전산 결재"]
    assert len(headings) > 2
    assert missing == []


def test_the_head_of_the_services_stands_again_on_every_page_they_run_over() -> None:
    facts = papers.plan(services=papers.SERVICES * 20)
    pages = [page for page in page_texts(documents.draw(facts)) if "밑반찬" in page]
    assert len(pages) > 2
    assert all("급여·서비스" in page or "점검일" in page or "보장기관 사이" in page for page in pages)


def test_health_that_the_printer_may_not_read_is_said_to_be_left_out() -> None:
    facts = papers.counselling(health="", health_withheld="건강기록은 볼 권한이나 근거가 없어 뺐습니다")
    assert "권한이나 근거가 없어" in text_of(documents.draw(facts))


def test_a_plan_names_the_law_and_how_offices_and_others_work_together() -> None:
    text = squeezed(text_of(documents.draw(papers.plan())))
    assert "제15조" in text
    assert squeezed("한빛구청 복지정책과: 긴급복지 생계지원 한빛구 보건소: 치매 선별검사") in text
    assert squeezed("가람복지관: 밑반찬") in text


def test_a_plan_carries_the_signature_as_it_was_drawn() -> None:
    signed, bare = documents.draw(papers.plan()), documents.draw(papers.plan(signature=None))
    assert len(signed) != len(bare)
    assert "서명한 글 그대로" in text_of(signed)
    assert text_of(bare).count("(서명 또는 인)") == text_of(signed).count("(서명 또는 인)") + 1


def test_why_nobody_signed_is_printed() -> None:
    facts = papers.plan(signature=None, unsigned_because="손을 쓰기 어려움, 통장 민하준이 봄")
    assert "통장 민하준이 봄" in text_of(documents.draw(facts))


@pytest.mark.parametrize("kind", list(SharedFacts))
def test_a_kind_of_facts_that_does_not_go_along_is_said_not_to_be_sent(kind: SharedFacts) -> None:
    all_kinds = papers.referral(shares=choice_of(SharedFacts, *SharedFacts))
    but_one = papers.referral(shares=choice_of(SharedFacts, *(each for each in SharedFacts if each is not kind)))
    assert NOT_SENT not in text_of(documents.draw(all_kinds))
    assert NOT_SENT in text_of(documents.draw(but_one))


def test_the_reply_is_a_sheet_of_its_own_prefilled_and_left_to_the_agency() -> None:
    paper = reader(documents.draw(papers.referral()))
    assert [entry.title for entry in paper.outline] == ["서비스 의뢰서", "의뢰 회신서"]
    reply = paper.pages[-1].extract_text()
    assert all(each in reply for each in ("가람-0123", "김순자", "가람복지관", "주 2회 밑반찬과 말벗", "□", "회신일"))
    assert "■" not in reply


def test_a_reply_that_came_is_printed_on_its_sheet() -> None:
    reply = page_texts(documents.draw(papers.replied()))[-1]
    assert "10월부터 가능" in reply
    assert squeezed("■ 대기") in squeezed(reply)


def test_whether_somebody_must_step_in_again_is_ticked_or_left_to_the_hand() -> None:
    ticked = squeezed(text_of(documents.draw(papers.aftercare())))
    left = papers.aftercare(again=ChoiceFacts(options=("필요함", "필요 없음")), outcome="")
    assert "■필요함□필요없음" in ticked
    assert "□필요함□필요없음" in squeezed(text_of(documents.draw(left)))
