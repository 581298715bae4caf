"""What went into a paper can be read back from it, on numbered pages, the same every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace

import pytest
from app.reports import documents
from app.reports.rules import Masking, ReportCode, SectionFacts, from_json, masked, to_json
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.reports import entry_papers, papers
from tests.unit.reports.reading import page_texts, reader, squeezed, text_of

PAPERS = {
    "full": papers.full_case_report(),
    "empty": papers.empty_case_report(),
    "caseload": papers.caseload(60),
    "schedule": papers.schedule(7),
    "entry sheet": entry_papers.entry_sheet(),
    "unknown door": entry_papers.unknown_entry_sheet(),
}
FOOT = re.compile(r"출력최은서.*?문서확인[0-9A-F-]{19}")

every_paper = pytest.mark.parametrize("facts", PAPERS.values(), ids=PAPERS.keys())


def texts_in(value):
    """Every text a person or the program put into the facts."""
    if isinstance(value, str) and not hasattr(value, "label"):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


@every_paper
def test_every_text_of_the_facts_can_be_read_back(facts) -> None:
    body = squeezed("".join(FOOT.sub("", squeezed(page)) for page in page_texts(documents.draw(facts))))
    long = {papers.LONG_NOTE}  # goes on overleaf: it has a test of its own
    missing = [text for text in texts_in(facts) if text not in long and squeezed(text) not in body]
    assert missing == [] or missing == [facts.letterhead.printed_by]


@every_paper
def test_every_page_says_which_of_how_many_it_is_and_whose_print(facts) -> None:
    pages = page_texts(documents.draw(facts))
    for at, page in enumerate(pages, start=1):
        assert f"{at}/{len(pages)}쪽" in page
        assert "출력 최은서 · 2026. 9. 20. 14:03 · 제" in page
        assert "목적 회의 · 전체" in page
        assert "문서확인" in page


@every_paper
def test_the_same_facts_give_the_same_bytes(facts) -> None:
    first = documents.draw(facts)
    documents.draw(PAPERS["full"])
    assert documents.draw(facts) == first
    assert documents.draw(from_json(to_json(facts))) == first


def test_another_process_gives_the_same_bytes(tmp_path) -> None:
    facts = PAPERS["full"]
    stored = tmp_path / "facts.json"
    stored.write_text(to_json(facts), encoding="utf-8")
    program = (
        "import hashlib, pathlib; from app.reports import documents, rules;"
        f"text = pathlib.Path({str(stored)!r}).read_text('utf-8');"
        "print(hashlib.sha256(documents.draw(rules.from_json(text))).hexdigest())"
    )
    marks = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(marks) == 1


def test_papers_drawn_at_the_same_time_do_not_disturb_each_other() -> None:
    alone = {name: documents.draw(facts) for name, facts in PAPERS.items()}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda name: (name, documents.draw(PAPERS[name])), [*PAPERS] * 4))
    assert all(alone[name] == paper for name, paper in together)


def test_a_note_of_30000_letters_goes_on_overleaf_and_loses_nothing() -> None:
    marks = [f"가{at:04d}" for at in range(5000)]
    visit = papers.visit(1, welfare_note=" ".join(marks), nursing_note="뷁" * 3000)
    paper = documents.draw(replace(PAPERS["empty"], visits=(visit,)))
    text = squeezed(text_of(paper))
    assert re.findall(r"가\d{4}", text) == marks
    assert text.count("뷁") == 3000
    assert text.count("복지기록(계속)") >= 3


def test_a_long_visit_says_on_each_page_what_it_is() -> None:
    pages = page_texts(documents.draw(PAPERS["full"]))
    long = [page for page in pages if "[40]" in page or "[59]" in page]
    assert all("만난 가구원" in page and "(계속)" in page for page in long)


def test_the_head_of_a_long_table_is_said_again_on_every_page() -> None:
    pages = page_texts(documents.draw(papers.caseload(300)))
    rows = [page for page in pages if len(re.findall(r"가람-\d{4}", page)) > 3]
    assert len(rows) > 10
    assert all("관리번호" in page and "대표자" in page and "사유" in page for page in rows)


def test_every_household_of_a_long_caseload_is_printed() -> None:
    facts = papers.caseload(300)
    text = text_of(documents.draw(facts))
    assert all(row.number in text for row in facts.households)


@pytest.mark.parametrize(
    "typed", ["<b>x", "<img src=x>", "</para><br/>", "&lt;b&gt; &amp;", "=1+1", "{{ 7*7 }}", "%s %d", "(\\)"]
)
def test_markup_is_printed_as_it_was_typed(typed: str) -> None:
    facts = PAPERS["empty"]
    house = replace(facts.household, name=typed, address=typed, approach=typed, benefits=(typed,))
    facts = replace(facts, household=house, visits=(papers.visit(1, nursing_note=typed),))
    assert squeezed(text_of(documents.draw(facts))).count(squeezed(typed)) == 5


@pytest.mark.parametrize("typed", ["뷁", "😀", "👩‍⚕️", "☑ ☐ ✔", "Nguyễn Thị Hoa", "㈜漢字℃", "∼ − ‑", "𠮷野", "π ≤ ½"])
def test_letters_the_typeface_lacks_are_read_back_as_themselves(typed: str) -> None:
    facts = replace(PAPERS["empty"], visits=(papers.visit(1, nursing_note=typed),))
    assert squeezed(typed) in squeezed(text_of(documents.draw(facts)))


def test_a_paper_says_what_the_mark_of_an_unprintable_letter_means() -> None:
    facts = replace(PAPERS["empty"], visits=(papers.visit(1, nursing_note="😀"),))
    assert "인쇄 글꼴에 없는 글자" in text_of(documents.draw(facts))
    assert "인쇄 글꼴에 없는 글자" not in text_of(documents.draw(PAPERS["empty"]))


def test_a_name_is_printed_the_same_however_it_was_typed() -> None:
    facts = PAPERS["empty"]
    decomposed = replace(facts.household, name=unicodedata.normalize("NFD", "이뷁희"))
    assert "이뷁희" in text_of(documents.draw(replace(facts, household=decomposed)))


@pytest.mark.parametrize(
    ("level", "hidden"),
    [
        (Masking.AGENCY, ("2646", "1203호", "3. 2.")),
        (Masking.STATISTICS, ("김순자", "이뷁희", "Nguy", "2265", "1203호", "1941", "보청기", "무릎")),
    ],
)
def test_a_masked_paper_holds_no_hidden_value(level: Masking, hidden: tuple[str, ...]) -> None:
    facts = replace(PAPERS["full"], risk_history=(), care_groups=())
    facts = replace(facts, household=replace(facts.household, risk_since_on=None))
    paper = documents.draw(masked(facts, level))
    shown = squeezed(text_of(paper)) + str(reader(paper).metadata)
    assert level.label in shown
    assert [value for value in hidden if squeezed(value) in shown] == []


def test_a_withheld_record_says_so_and_shows_nothing() -> None:
    facts = replace(
        PAPERS["full"],
        safety_flags=(),
        safety_withheld="안전 표시는 열람 권한이 없어 뺐습니다",
        vitals=(),
        vitals_withheld="활력징후는 열람 권한이 없어 뺐습니다",
    )
    text = text_of(documents.draw(facts))
    for sentence in ("간호기록은", "안전 표시는", "활력징후는"):
        assert f"{sentence} 열람 권한이 없어 뺐습니다" in text


def test_an_empty_household_leaves_no_field_blank_by_accident() -> None:
    text = text_of(documents.draw(PAPERS["empty"]))
    assert text.count("해당 없음") >= 10
    assert text.count("미확인") == 4
    assert "None" not in text


def test_corrections_and_late_entries_are_printed() -> None:
    text = squeezed(text_of(documents.draw(PAPERS["full"])))
    assert "사후입력2일뒤,정정1회" in text


def test_the_approval_box_has_the_names_the_office_uses() -> None:
    facts = PAPERS["empty"]
    names = ("주무관", "팀장", "과장", "국장", "부구청장", "구청장")
    first = page_texts(documents.draw(replace(facts, letterhead=replace(facts.letterhead, approvals=names))))[0]
    assert all(name in first for name in names)
    without = documents.draw(replace(facts, letterhead=replace(facts.letterhead, approvals=())))
    assert "결\n재" not in page_texts(without)[0]


def test_the_blank_schedule_has_numbered_doors_to_write_on() -> None:
    blank = replace(papers.schedule(0), blank_rows=4)
    text = text_of(documents.draw(blank))
    assert text.count("□ 대면") == 4
    assert text.count("지난 방문") == 4


def test_missed_checks_have_a_column_only_where_they_are_counted() -> None:
    facts = papers.caseload(3)
    assert "점검미실시" not in squeezed(text_of(documents.draw(facts)))
    counted = replace(facts, households=(replace(facts.households[0], checks_missed=2), *facts.households[1:]))
    text = squeezed(text_of(documents.draw(counted)))
    assert "점검미실시" in text
    assert "2회" in text


def test_a_section_of_another_slice_is_printed_with_its_heads() -> None:
    section = SectionFacts(title="의뢰 · 회신", columns=("기관", "내용"), rows=(("복지관", "경로식당 의뢰"),))
    text = text_of(documents.draw(replace(PAPERS["empty"], sections=(section,))))
    assert all(word in text for word in ("의뢰 · 회신", "기관", "복지관", "경로식당 의뢰"))


@every_paper
def test_the_file_says_its_language_and_title_and_embeds_every_typeface(facts) -> None:
    paper = reader(documents.draw(facts))
    assert paper.root_object["/Lang"] == "ko-KR"
    assert paper.metadata is not None
    assert paper.metadata.title == f"{facts.letterhead.title} {facts.letterhead.document_number}"
    faces = [font for page in paper.pages for font in page["/Resources"]["/Font"].values()]
    assert all("NotoSansKR" in font.get_object()["/BaseFont"] for font in faces)


@pytest.mark.parametrize("code", list(ReportCode))
def test_every_paper_has_a_template_version_that_names_it(code: ReportCode) -> None:
    assert documents.template_version(code).startswith(code)


def test_naming_the_documents_loads_no_report_library() -> None:
    program = "import sys; from app.reports import documents, rules; print('reportlab' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert answer.stdout.strip() == "False"


def test_a_document_nobody_made_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'invoice'"):
        documents.invoice  # noqa: B018  (the access is the test)


anything = st.text(max_size=300)


@settings(max_examples=40, deadline=None)
@given(anything, anything, anything)
def test_no_text_whatever_stops_a_paper(first: str, second: str, third: str) -> None:
    facts = PAPERS["empty"]
    house = replace(facts.household, name=first, address=second, benefits=(third, first), risk_reason=third)
    head = replace(facts.letterhead, centre=first, document_number=second, printed_by=third, period=first)
    head = replace(head, approvals=(third, first), counting_rules=(second,), title=second)
    section = SectionFacts(title=third, columns=(first, second), rows=((second, third),))
    facts = replace(facts, household=house, letterhead=head, sections=(section,), safety_withheld=second)
    facts = replace(facts, visits=(papers.visit(1, nursing_note=first, purpose=third, members_seen=(second,)),))
    paper = documents.draw(facts)
    assert len(reader(paper).pages) >= 2


printable = st.characters(categories=("L", "N", "P", "S"), codec="utf-8").filter(
    lambda letter: unicodedata.bidirectional(letter) not in {"R", "AL", "AN", "RLE", "RLO", "RLI"}
)


@settings(max_examples=60, deadline=None)
@given(st.text(printable, min_size=1, max_size=120))
def test_any_letters_are_read_back_as_they_were_typed(typed: str) -> None:
    facts = replace(PAPERS["empty"], visits=(papers.visit(1, nursing_note=typed, vitals="끝표"),))
    text = squeezed(text_of(documents.draw(facts)))
    assert f"간호기록{squeezed(typed)}활력징후끝표" in text


def test_no_name_of_a_section_is_broken_beside_columns_that_say_much() -> None:
    told = "경제와 건강 욕구가 함께 있어 계획을 세워 돕기로 함 " * 6
    columns = ("접수", "경로와 사유", "구분", "지금 · 종결", "담당")
    section = SectionFacts(title="사례", columns=columns, rows=(("2026. 10. 24.", told, told, told, "민경태"),))
    lines = text_of(documents.draw(replace(papers.empty_case_report(), sections=(section,)))).splitlines()
    assert {"담당", "민경태", "2026. 10. 24."} <= set(lines)


def test_two_peoples_dues_of_one_kind_are_told_apart() -> None:
    due = replace(papers.caseload(60).overdue[0], what="정기관리군")
    facts = replace(papers.caseload(1), overdue=(replace(due, member="최병철"), replace(due, member="박말순")))
    text = squeezed(text_of(documents.draw(facts)))
    assert "정기관리군(최병철)" in text
    assert "정기관리군(박말순)" in text
