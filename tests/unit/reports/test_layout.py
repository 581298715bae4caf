"""Nothing is set outside the paper or over something else, and what belongs together stays on one page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app.reports import documents
from app.reports.documents import fonts, letterhead
from app.reports.documents.page import Page, Sheet
from app.reports.rules import SectionFacts
from tests.unit.reports import form_papers, papers
from tests.unit.reports.sheet_papers import pressures

EDGE = 10.0
TOUCH = 1.0


def crowded_report():
    """Everything longer than anybody would wish."""
    facts = papers.full_case_report()
    head = replace(
        facts.letterhead,
        title="찾아가는 보건복지서비스 통합사례관리 대상 가구별 사례보고서 (기관 제출용 사본)",
        centre="이름이아주긴가람동행정복지센터찾아가는보건복지팀 " * 2,
        document_number="가람동-R13-2026-0007-" + "가나다라" * 8,
        printed_by="최은서 팀장 " * 12,
        approvals=("주무관", "복지팀장", "맞춤형복지팀장", "과장", "동장"),
    )
    row = ("짧음", "길" * 400, "x", "y", "2026. 1. 1.", "")
    return replace(
        facts,
        letterhead=head,
        household=replace(facts.household, name="뷁" * 60, address="가" * 300, phone="0" * 90),
        sections=(SectionFacts(title="발굴", columns=tuple("가나다라마바"), rows=(row,)),),
        visits=(papers.visit(1, welfare_note=papers.UNBROKEN, nursing_note="a" * 1500),),
    )


PAPERS = {
    "full": papers.full_case_report(),
    "empty": papers.empty_case_report(),
    "crowded": crowded_report(),
    "caseload": papers.caseload(80),
    "schedule": papers.schedule(9),
    **{f"form {name}": facts for name, facts in form_papers.FILLED.items()},
    **{f"blank {name}": facts for name, facts in form_papers.BLANKS.items()},
    "form crowded": form_papers.plan(
        household=replace(form_papers.HOUSEHOLD, name="뷁" * 60, address="가" * 300, phone="0" * 90),
        signer="뷁" * 60,
        clients_view=papers.UNBROKEN,
        services=form_papers.SERVICES * 9,
    ),
}

every_paper = pytest.mark.parametrize("facts", PAPERS.values(), ids=PAPERS.keys())
Box = tuple[float, float, float, float]


@pytest.fixture
def laid_out(monkeypatch):
    """A way to lay a paper out and look at its pages before they are painted."""

    def lay_out(facts) -> tuple[list[Page], Sheet]:
        kept: list[tuple[list[Page], Sheet]] = []
        with monkeypatch.context() as patch:
            patch.setattr(letterhead, "bind", lambda pages, sheet, **_: kept.append((pages, sheet)) or b"")
            documents.draw(facts)
        return kept[0]

    return lay_out


def boxes(page: Page) -> list[tuple[Box, str]]:
    """Where each line of text stands: left, bottom, right, top."""
    faces = {face.name: face for face in (fonts.regular(), fonts.bold())}
    return [
        ((x, y - at * leading - size * 0.1, x + faces[name].width(line) * size, y - at * leading + size * 0.7), line)
        for name, size, leading, x, y, lines in page.texts
        for at, line in enumerate(lines)
        if line.strip()
    ]


def words_of(pages: list[Page]) -> list[str]:
    return ["\n".join(line for _, line in boxes(page)) for page in pages]


def overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > TOUCH and high > TOUCH


@every_paper
def test_every_line_stands_within_the_margins(laid_out, facts) -> None:
    pages, sheet = laid_out(facts)
    outside = [
        line
        for page in pages
        for (left, bottom, right, top), line in boxes(page)
        if left < sheet.side - TOUCH or right > sheet.right + TOUCH or bottom < EDGE or top > sheet.height - EDGE
    ]
    assert outside == []


@every_paper
def test_no_line_is_set_over_another(laid_out, facts) -> None:
    pages, _ = laid_out(facts)
    for page in pages:
        lines = sorted(boxes(page), key=lambda each: each[0][1])
        over = [
            (line, other)
            for at, (box, line) in enumerate(lines)
            for other_box, other in lines[at + 1 : at + 40]
            if overlap(box, other_box)
        ]
        assert over == []


@every_paper
def test_the_body_never_runs_into_the_foot(laid_out, facts) -> None:
    pages, _ = laid_out(facts)
    for page in pages:
        foot = max(top for (_, _, _, top), line in boxes(page) if line.startswith("출력 "))
        words = ("출력 ", "개인정보가 ", "문서확인 ", "최은서 팀장")
        body = [low for (_, low, _, _), line in boxes(page) if not line.startswith(words) and not line.endswith("쪽")]
        assert min(body) > foot


def test_the_head_of_a_visit_stays_with_the_beginning_of_its_note(laid_out) -> None:
    facts = papers.empty_case_report()
    for filler in range(40):
        rows = tuple((f"줄 {at}",) for at in range(filler))
        section = SectionFacts(title="채움", columns=("줄",), rows=rows)
        visit = papers.visit(1, visited_by=("방문자표시",), welfare_note="머리말 " + papers.LONG_NOTE)
        pages = words_of(laid_out(replace(facts, sections=(section,), visits=(visit,)))[0])
        heads = [page for page in pages if "방문자표시" in page]
        assert len(heads) == 1
        assert "머리말" in heads[0]


def test_a_heading_stays_with_what_follows_it(laid_out) -> None:
    facts = papers.empty_case_report()
    charted = tuple(replace(each, trends=(pressures(),)) for each in papers.full_case_report().vitals)
    for filler in range(40):
        rows = tuple((f"줄 {at}",) for at in range(filler))
        section = SectionFacts(title="채움", columns=("줄",), rows=rows)
        facts = replace(facts, sections=(section,), vitals=charted)
        pages, _ = laid_out(facts)
        [at] = [at for at, words in enumerate(words_of(pages)) if "활력징후 추이" in words]
        assert "○ 김순자" in words_of(pages)[at]
        assert pages[at].drawings, "its chart"
