"""The shipped table, and what readings propose by it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from app.care_groups.rules import (
    WEIGHTS,
    Criterion,
    GroupTable,
    Level,
    TableError,
    Taking,
    place_of,
    propose,
    table_from,
    with_edges,
)
from app.follow_ups.rules import CareGroup
from hypothesis import given
from hypothesis import strategies as st

DOCUMENT: dict[str, Any] = json.loads((Path(__file__).parents[3] / "seed_data" / "care_groups.json").read_text(encoding="utf-8"))[0]  # fmt: skip
TABLE = table_from(DOCUMENT)
TODAY = date(2026, 11, 23)
INTENSIVE, REGULAR, SELF_CARE = CareGroup


def taken(*amounts: str, ago: int = 1) -> list[Taking]:
    """Numbers taken a week apart, the newest first, the newest `ago` days ago."""
    return [
        Taking(Decimal(amount), TODAY - timedelta(days=ago + 7 * at), "방문 기록") for at, amount in enumerate(amounts)
    ]


def group_for(**findings: list[Taking]) -> CareGroup | None:
    return propose(TABLE, findings, today=TODAY).group


@pytest.mark.parametrize(
    ("code", "amounts", "group"),
    [
        ("SYSTOLIC", ("119",), SELF_CARE), ("SYSTOLIC", ("120",), REGULAR), ("SYSTOLIC", ("159",), REGULAR),
        ("SYSTOLIC", ("160",), INTENSIVE), ("SYSTOLIC", ("140", "140"), INTENSIVE), ("SYSTOLIC", ("140", "139"), REGULAR),
        ("SYSTOLIC", ("118", "185"), SELF_CARE), ("DIASTOLIC", ("79",), SELF_CARE), ("DIASTOLIC", ("99",), REGULAR),
        ("DIASTOLIC", ("100",), INTENSIVE), ("DIASTOLIC", ("90", "95"), INTENSIVE), ("HBA1C", ("5.6",), SELF_CARE),
        ("HBA1C", ("6.9",), REGULAR), ("HBA1C", ("7.0",), INTENSIVE), ("GLUCOSE_FASTING", ("99",), SELF_CARE),
        ("GLUCOSE_FASTING", ("125",), REGULAR), ("GLUCOSE_FASTING", ("126",), INTENSIVE),
        ("GLUCOSE_AFTER_MEAL", ("139",), SELF_CARE), ("GLUCOSE_AFTER_MEAL", ("140",), REGULAR),
        ("GLUCOSE_AFTER_MEAL", ("200",), INTENSIVE), ("GLUCOSE_RANDOM", ("199",), SELF_CARE),
        ("GLUCOSE_LOW", ("70",), SELF_CARE), ("GLUCOSE_LOW", ("69",), INTENSIVE), ("PHIS_FRAILTY", ("0",), SELF_CARE),
        ("PHIS_FRAILTY", ("3",), REGULAR), ("PHIS_FRAILTY", ("4",), INTENSIVE), ("PHIS_FRAILTY", ("31",), INTENSIVE),
        ("K_FRAIL", ("2",), REGULAR), ("K_FRAIL", ("3",), INTENSIVE), ("PHQ_9", ("9",), SELF_CARE),
        ("PHQ_9", ("10",), REGULAR), ("MISSED_DOSES", ("1",), REGULAR), ("MISSED_DOSES", ("3",), INTENSIVE),
    ],
)  # fmt: skip
def test_one_kind_of_reading_proposes_a_group(code: str, amounts: tuple[str, ...], group: CareGroup) -> None:
    assert group_for(**{code: taken(*amounts)}) is group


def test_nothing_measured_proposes_nothing() -> None:
    assert propose(TABLE, {}, today=TODAY).group is None
    assert propose(TABLE, {"SYSTOLIC": []}, today=TODAY).group is None


def test_the_heaviest_line_decides_and_stands_first() -> None:
    proposal = propose(
        TABLE, {"SYSTOLIC": taken("118"), "HBA1C": taken("8.1"), "PHQ_9": taken("12")}, today=TODAY, said={"FALL"}
    )
    assert proposal.group is INTENSIVE
    assert [line.group for line in proposal.lines] == [INTENSIVE, REGULAR, REGULAR, SELF_CARE]
    assert [line.label for line in proposal.deciding] == ["당화혈색소"]


def test_a_line_says_the_value_the_day_the_source_and_the_reason() -> None:
    (line,) = propose(TABLE, {"SYSTOLIC": taken("150", "141")}, today=TODAY).lines
    assert (line.value, line.on, line.source) == ("150 mmHg, 앞서 141", TODAY - timedelta(days=1), "방문 기록")
    assert line.why == "두 번 이어서 140 이상"
    assert line.as_stored()["on"] == "2026-11-22"


@pytest.mark.parametrize(("ago", "counts"), [(0, True), (183, True), (184, False), (-1, False)])
def test_only_readings_of_the_last_half_year_count(ago: int, counts: bool) -> None:
    assert (group_for(SYSTOLIC=taken("170", ago=ago)) is INTENSIVE) is counts


@pytest.mark.parametrize(
    ("said", "group"), [("UNCONTROLLED", INTENSIVE), ("CONTROLLED", REGULAR), ("CANCER", INTENSIVE)]
)
def test_what_the_nurse_found_herself_counts_as_well(said: str, group: CareGroup) -> None:
    assert propose(TABLE, {"SYSTOLIC": taken("110")}, today=TODAY, said={said}).group is group


amounts = st.lists(st.integers(0, 300), min_size=1, max_size=4)
findings = st.dictionaries(st.sampled_from([each.code for each in TABLE.measured]), amounts, min_size=1)
answers = st.sets(st.sampled_from([each.code for each in TABLE.asked]))


def weight(found: dict[str, list[int]], said: set[str]) -> int:
    takings = {code: taken(*map(str, values)) for code, values in found.items()}
    group = propose(TABLE, takings, today=TODAY, said=said).group
    assert group is not None
    return WEIGHTS[group]


@given(found=findings, said=answers, data=st.data(), by=st.integers(1, 100))
def test_a_worse_reading_never_proposes_a_lighter_group(
    found: dict[str, list[int]], said: set[str], data: st.DataObject, by: int
) -> None:
    code = data.draw(st.sampled_from(sorted(found)))
    at = data.draw(st.integers(0, len(found[code]) - 1))
    criterion = next(each for each in TABLE.criteria if each.code == code)
    worse = [*found[code]]
    worse[at] += by if criterion.is_worse_higher else -min(by, worse[at])
    assert weight({**found, code: worse}, said) >= weight(found, said)


@given(found=findings, said=answers, more=answers)
def test_one_more_thing_that_was_found_never_proposes_a_lighter_group(
    found: dict[str, list[int]], said: set[str], more: set[str]
) -> None:
    assert weight(found, said | more) >= weight(found, said)


@pytest.mark.parametrize("criterion", TABLE.criteria, ids=lambda each: each.code)
def test_every_line_says_where_it_comes_from_and_how_sure_it_is(criterion: Criterion) -> None:
    assert criterion.source
    assert criterion.confidence in ("HIGH", "MEDIUM", "LOW", "DEFAULT")


def test_only_what_a_health_centre_writes_itself_is_called_confirmed() -> None:
    sure = {each.code for each in TABLE.criteria if each.confidence == "HIGH"}
    assert sure == {"UNCONTROLLED", "CONTROLLED"}
    assert all("무안군" in each.source for each in TABLE.criteria if each.code in sure)


def moved(**edges: Decimal | None) -> GroupTable:
    return table_from(
        with_edges(DOCUMENT, {key.replace("__", "-"): edge for key, edge in edges.items()}, version="2027")
    )


def test_other_figures_make_another_version_and_leave_the_first_alone() -> None:
    own = moved(SYSTOLIC__0=Decimal(180))
    assert own.version == "2027"
    assert propose(own, {"SYSTOLIC": taken("170")}, today=TODAY).group is REGULAR
    assert group_for(SYSTOLIC=taken("170")) is INTENSIVE


def test_a_level_without_a_figure_is_not_used() -> None:
    own = moved(SYSTOLIC__0=None, SYSTOLIC__1=None)
    assert propose(own, {"SYSTOLIC": taken("200", "200")}, today=TODAY).group is REGULAR


@pytest.mark.parametrize(
    ("edges", "place"),
    [({"SYSTOLIC__2": Decimal(165)}, "SYSTOLIC-0"), ({"HBA1C__0": Decimal("5.0")}, "HBA1C-0")],
)
def test_a_heavier_group_that_begins_before_a_lighter_one_is_refused(edges: dict[str, Decimal], place: str) -> None:
    with pytest.raises(TableError) as refused:
        moved(**edges)
    assert refused.value.place == place


@pytest.mark.parametrize("broken", [{"confidence": "SURE"}, {"days": "x"}, {"criteria": [{"code": "A"}]}])
def test_a_document_that_cannot_be_read_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(TableError):
        table_from({**DOCUMENT, **broken})


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Level(INTENSIVE, Decimal("7.0")), "7 이상"),
        (Level(INTENSIVE, Decimal(140), 3), "세 번 이어서 140 이상"),
        (Level(REGULAR, None), ""),
    ],
)
def test_an_edge_is_said_in_words(level: Level, words: str) -> None:
    assert TABLE.criteria[0].edge_words(level) == words


def test_a_place_names_a_level() -> None:
    assert place_of("SYSTOLIC", 1) == "SYSTOLIC-1"
