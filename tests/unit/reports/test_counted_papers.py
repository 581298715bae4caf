"""Papers of counts carry every number, its sums and the rules of counting, on as many pages as it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from app.reports import documents
from app.reports.rules import CountLine, CountTable, from_json, share_words, to_json
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reports import count_papers
from tests.unit.reports.reading import page_texts, reader, squeezed, text_of

PAPERS = {
    "round": count_papers.round_report(),
    "cases": count_papers.case_figures(),
    "needs": count_papers.needs_figures(),
}
every_paper = pytest.mark.parametrize("facts", list(PAPERS.values()), ids=list(PAPERS))


@every_paper
def test_every_row_with_its_numbers_and_sums_is_on_the_paper(facts: Any) -> None:
    text = squeezed(text_of(documents.draw(facts)))
    for counted in facts.tables:
        for line in (*counted.lines, counted.total):
            figures = [f"{count:,}" for count in line.counts]
            if counted.is_partition:
                figures.append(f"{line.sum:,}")
            if counted.share:
                figures.append(share_words(counted.share.permille(line)))
            assert squeezed(line.label + "".join(figures)) in text


@every_paper
def test_the_paper_is_a4_with_its_boxes_number_and_rules(facts: Any) -> None:
    paper = documents.draw(facts)
    box = reader(paper).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    text = squeezed(text_of(paper))
    for said in (*facts.letterhead.approvals, facts.letterhead.document_number, "집계기준", "1/", "문서확인"):
        assert squeezed(said) in text
    for rule in facts.letterhead.counting_rules:
        assert squeezed(rule) in text


def test_a_round_says_what_was_left_and_when_it_has_not_begun() -> None:
    assert "162" in text_of(documents.draw(PAPERS["round"]))
    assert squeezed("아직 시작하지 않은 차수입니다") in squeezed(
        text_of(documents.draw(count_papers.round_report(days=0)))
    )


def test_heads_are_said_again_on_the_next_page() -> None:
    facts = PAPERS["cases"]
    many = tuple(CountLine(label=f"담당 {at}", counts=(at,) * 10) for at in range(80))
    facts = replace(facts, by_keeper=replace(facts.by_keeper, lines=many))
    pages = [page for page in page_texts(documents.draw(facts)) if "담당 " in page and "담당별" not in page]
    assert pages
    assert all("30일 초과" in squeezed(page) or "30일초과" in squeezed(page) for page in pages)


def test_more_columns_than_fit_go_on_below_and_the_sums_close_them() -> None:
    text = squeezed(text_of(documents.draw(count_papers.needs_figures(types=31))))
    assert all(f"유형{at}" in text for at in range(31))
    assert text.count("안전") == 3


def test_a_table_without_rows_says_so() -> None:
    facts = PAPERS["cases"]
    facts = replace(facts, by_keeper=replace(facts.by_keeper, lines=()))
    assert "해당없음" in squeezed(text_of(documents.draw(facts)))


@every_paper
def test_they_come_back_from_the_register(facts: Any) -> None:
    assert from_json(to_json(facts)) == facts
    assert documents.draw(from_json(to_json(facts))) == documents.draw(facts)


@given(st.lists(st.lists(st.integers(0, 10_000), min_size=3, max_size=3), max_size=20))
def test_rows_sum_to_the_total_both_ways(rows: list[list[int]]) -> None:
    lines = tuple(CountLine(label=str(at), counts=tuple(row)) for at, row in enumerate(rows))
    counted = CountTable(title="", rows_are="", columns=("가", "나", "다"), lines=lines)
    assert counted.total.sum == sum(line.sum for line in lines) == sum(map(sum, rows))
