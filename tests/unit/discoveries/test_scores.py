"""The score explains itself line by line, and nothing more that is known ever makes anybody less urgent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.discoveries.rules import ItemOutcome
from app.discoveries.rules.scores import ScoredFacts, count_in_a_row, judge_score, previous_words
from app.discoveries.rules.triage import TriageError, triage_from
from app.households.rules import FlagKind, Risk
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.reference import read_shipped

DOCUMENT = read_shipped("triage")
WEIGHTS = triage_from(DOCUMENT)
LABELS = {row["code"]: row["label"] for row in read_shipped("crisis_codes")["codes"]}
TODAY = date(2026, 11, 23)
CODES = st.sampled_from([*LABELS, "CI_OF_TOMORROW"])
FACTS = st.builds(
    ScoredFacts,
    crisis_codes=st.lists(CODES, max_size=6, unique=True).map(tuple),
    months_in_arrears=st.none() | st.integers(0, 600),
    previous_times=st.integers(0, 30),
    in_a_row=st.integers(1, 12),
    last_outcome=st.none() | st.sampled_from(ItemOutcome),
    is_alone=st.booleans(),
    age=st.none() | st.integers(0, 110),
    risk=st.sampled_from(Risk),
    flags=st.frozensets(st.sampled_from(FlagKind)),
)


def points(facts: ScoredFacts) -> int:
    return judge_score(facts, WEIGHTS, LABELS).points


@given(FACTS, CODES)
def test_one_more_crisis_never_lowers_the_score(facts: ScoredFacts, code: str) -> None:
    assert points(replace(facts, crisis_codes=(*facts.crisis_codes, code))) >= points(facts)


@given(FACTS, st.integers(0, 24))
def test_more_months_more_rounds_and_living_alone_never_lower_it(facts: ScoredFacts, more: int) -> None:
    months = None if facts.months_in_arrears is None else facts.months_in_arrears + more
    worse = replace(facts, months_in_arrears=months, previous_times=facts.previous_times + more, is_alone=True)
    assert points(worse) >= points(facts)


@given(FACTS)
def test_the_points_are_the_sum_of_the_lines_and_every_line_has_words(facts: ScoredFacts) -> None:
    score = judge_score(facts, WEIGHTS, LABELS)
    assert score.points == sum(line.points for line in score.lines)
    assert all(line.words and line.points > 0 for line in score.lines)
    assert [line.points for line in score.lines] == sorted((line.points for line in score.lines), reverse=True)


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        (ScoredFacts(), []),
        (ScoredFacts(("CI_POWER_CUT",)), [(20, "단전")]),
        (ScoredFacts(("CI_POWER_CUT", "CI_POWER_CUT")), [(20, "단전")]),
        (ScoredFacts(("CI_NHI_ARREARS",), 2), [(3, "건강보험료 체납 (체납 2개월, 기준 3개월 미만)")]),
        (ScoredFacts(("CI_NHI_ARREARS",), 3), [(8, "건강보험료 체납"), (3, "체납 3개월")]),
        (ScoredFacts(("CI_NHI_ARREARS",)), [(8, "건강보험료 체납")]),
        (ScoredFacts(("CI_OF_TOMORROW",)), [(5, "CI_OF_TOMORROW")]),
        (
            ScoredFacts(previous_times=2, in_a_row=3, last_outcome=ItemOutcome.UNREACHED, last_on=date(2026, 9, 3)),
            [(15, "마지막 결과 연락두절(2026-09-03)"), (12, "3회 연속 발굴"), (3, "이전 발굴 2번")],
        ),
        (ScoredFacts(last_outcome=ItemOutcome.PUBLIC_BASIC), []),
        (ScoredFacts(is_alone=True, age=82), [(10, "82세"), (8, "혼자 삶")]),
        (ScoredFacts(risk=Risk.HIGH, flags=frozenset({FlagKind.REMOTE})), [(20, "고위험"), (3, "안전 표시: 외딴 곳")]),
    ],
)
def test_each_line_says_where_its_points_come_from(facts: ScoredFacts, lines: list[tuple[int, str]]) -> None:
    assert [(line.points, line.words) for line in judge_score(facts, WEIGHTS, LABELS).lines] == lines


@pytest.mark.parametrize(
    ("days_ago", "rounds"),
    [([], 1), ([60], 2), ([60, 121], 3), ([60, 60, 121], 3), ([92], 2), ([93], 1), ([60, 200], 2), ([0], 1)],
)
def test_rounds_in_a_row_are_those_without_one_left_out(days_ago: list[int], rounds: int) -> None:
    assert count_in_a_row([TODAY - timedelta(days) for days in days_ago], TODAY) == rounds


def test_previous_rounds_in_words() -> None:
    last_on = date(2026, 9, 3)
    assert previous_words(times=0, in_a_row=1, last_outcome=None, last_on=None) == ""
    assert previous_words(times=1, in_a_row=1, last_outcome=None, last_on=None) == "2번째 발굴, 지난 결과 없음"
    assert (
        previous_words(times=2, in_a_row=3, last_outcome=ItemOutcome.NO_NEED, last_on=last_on)
        == "3회 연속 발굴, 마지막 결과 지원 불필요(2026-09-03)"
    )


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("alone", {"alone": {"points": -1}}),
        ("ages", {"ages": [{"from": 50, "points": 9}, {"from": 65, "points": 5}]}),
        ("crises X", {"crises": [{"code": "X", "points": 3, "points_below": 4}]}),
        ("other_crisis", {"other_crisis": {"points": 101}}),
    ],
)
def test_a_table_that_could_lower_a_score_is_refused(place: str, change: dict[str, object]) -> None:
    with pytest.raises(TriageError) as refused:
        triage_from({**DOCUMENT, **change})
    assert refused.value.place == place


def test_every_weight_says_where_it_comes_from_and_every_code_exists() -> None:
    lists = ("crises", "arrears", "previous", "in_a_row", "last_outcome", "ages", "risk", "flags")
    rows = [row for name in lists for row in DOCUMENT[name]] + [DOCUMENT["alone"], DOCUMENT["other_crisis"]]
    assert all(row["source"] and row["confidence"] in DOCUMENT["confidence"] for row in rows)
    assert {row["code"] for row in DOCUMENT["crises"]} <= set(LABELS)
