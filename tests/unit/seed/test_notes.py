"""The notes: varied, complete, and never against the numbers of their own visit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

import pytest
from app.seed.phrases import phrases
from app.seed.seed_files import read
from app.seed.shapes import Story, VisitPlan

RESIDENT_NUMBER = re.compile(r"(?<!\d)\d{6}\s*[-–]?\s*[1-8]\d{6}(?!\d)")
DIAGNOSIS = re.compile(
    r"진단(함|됨|을 내림)|(치매|우울증|알코올중독|고혈압|당뇨병|조현병)(임|로 보임|으로 보임|이 의심|가 의심)"
)
LEFTOVER = re.compile(r"[{}]|\(을\)|\(를\)|\(이\)|\(가\)|  |None")


def texts_of(visit: VisitPlan) -> list[str]:
    absence = [visit.absence.note] if visit.absence else []
    return [text for text in (visit.welfare_note, visit.nursing_note, *absence) if text]


def all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from all_texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from all_texts(getattr(value, field.name))


def pressures(visit: VisitPlan) -> list[tuple[int, int]]:
    return [vitals.blood_pressure[-1] for vitals in visit.vitals if vitals.blood_pressure]


def is_calm(visit: VisitPlan) -> bool:
    return all(systolic < 140 and diastolic < 90 for systolic, diastolic in pressures(visit))


def is_raised(visit: VisitPlan) -> bool:
    return any(systolic >= 140 or diastolic >= 90 for systolic, diastolic in pressures(visit))


def glucose(visit: VisitPlan) -> list[int]:
    return [value for vitals in visit.vitals for value in vitals.glucose]


CLAIMS: list[tuple[str, Callable[[VisitPlan], bool]]] = [
    (r"혈압 안정", is_calm),
    (r"혈압은 기준 아래", is_calm),
    (r"혈압 높음|혈압 높게|혈압 약간 높음|혈압이 목표보다|조금 높아|높은 편이라", is_raised),
    (r"혈당 목표 안|혈당 괜찮은", lambda visit: bool(glucose(visit)) and glucose(visit)[0] <= 180),
    (r"혈당 높은 편", lambda visit: max(glucose(visit)) >= 150),
    (r"통증 없다고", lambda visit: 0 in [vitals.pain for vitals in visit.vitals]),
    (r"식은땀 나고", lambda visit: min(glucose(visit)) < 70),
    (r"119 부르도록 냉장고", lambda visit: visit.crisis is not None),
]


@pytest.mark.parametrize(("claim", "holds"), CLAIMS, ids=[claim for claim, _ in CLAIMS])
def test_a_claim_agrees_with_the_vitals(any_story: Story, claim: str, holds: Callable[[VisitPlan], bool]) -> None:
    making_it = [visit for visit in any_story.visits if re.search(claim, visit.nursing_note)]
    assert [visit.nursing_note for visit in making_it if not holds(visit)] == []


def test_the_claims_are_made_at_all(story_of_any_day: Story) -> None:
    notes = " ".join(visit.nursing_note for visit in story_of_any_day.visits)
    made = [claim for claim, _ in CLAIMS if re.search(claim, notes)]
    assert len(made) >= len(CLAIMS) - 2


NUMBERS: list[tuple[str, Callable[[VisitPlan], set[str]]]] = [
    (r"맥박 (\d+)회", lambda visit: {str(v.pulse) for v in visit.vitals}),
    (r"체온 ([\d.]+)도", lambda visit: {str(v.temperature) for v in visit.vitals}),
    (r"체중 ([\d.]+)kg", lambda visit: {str(v.weight) for v in visit.vitals}),
    (r"산소포화도 (\d+)%", lambda visit: {str(v.spo2) for v in visit.vitals}),
    (r"통증 (\d+)점", lambda visit: {str(v.pain) for v in visit.vitals}),
    (r"혈당 (\d{2,3})", lambda visit: set(map(str, glucose(visit)))),
    (r"(\d{2,3})mg/dL", lambda visit: set(map(str, glucose(visit)))),
]


@pytest.mark.parametrize(("pattern", "measured"), NUMBERS, ids=[pattern for pattern, _ in NUMBERS])
def test_a_number_in_a_note_was_measured(
    any_story: Story, pattern: str, measured: Callable[[VisitPlan], set[str]]
) -> None:
    written = 0
    for visit in any_story.visits:
        found = set(re.findall(pattern, visit.nursing_note))
        assert found <= measured(visit)
        written += len(found)
    assert written > 0


def test_a_pressure_in_a_note_is_todays_or_the_last_one(any_story: Story) -> None:
    before: dict[str, set[str]] = {household.key: set() for household in any_story.households}
    for visit in any_story.visits:
        now = {f"{s}/{d}" for vitals in visit.vitals for s, d in vitals.blood_pressure}
        found = set(re.findall(r"\d{2,3}/\d{2,3}", visit.nursing_note))
        assert found <= now | before[visit.household]
        assert not now or found & now
        before[visit.household] |= now


def test_a_pressure_that_is_said_to_have_fallen_fell(any_story: Story) -> None:
    known: dict[str, int] = {}
    for visit in any_story.visits:
        for vitals in visit.vitals:
            systolic = vitals.blood_pressure[-1][0] if vitals.blood_pressure else None
            if "지난번보다 혈압 내려감" in visit.nursing_note and vitals is visit.vitals[0]:
                assert systolic is not None
                assert systolic < known[vitals.member]
            known[vitals.member] = systolic or known.get(vitals.member, 0)


def test_a_change_of_weight_is_the_difference(any_story: Story) -> None:
    known: dict[str, object] = {}
    for visit in any_story.visits:
        for vitals in visit.vitals[:1]:
            change = re.search(r"지난번보다 ([\d.]+)kg (줄어듦|늘어남)", visit.nursing_note)
            if change:
                difference = float(str(vitals.weight)) - float(str(known[vitals.member]))
                assert f"{abs(difference):.1f}" == change[1]
                assert (difference < 0) == (change[2] == "줄어듦")
            known[vitals.member] = vitals.weight or known.get(vitals.member)


def test_four_notes_in_five_are_like_no_other(any_story: Story) -> None:
    texts = [text for visit in any_story.visits for text in texts_of(visit)]
    assert len(texts) >= 2_500
    assert len(set(texts)) >= 0.8 * len(texts)
    assert max(Counter(texts).values()) <= 15


def test_the_same_household_seldom_reads_the_same_sentence_twice(any_story: Story) -> None:
    sentences: Counter[tuple[str, str]] = Counter()
    for visit in any_story.visits:
        for text in texts_of(visit):
            sentences.update({(visit.household, sentence) for sentence in text.split(". ") if len(sentence) > 18})
    repeated = sum(count - 1 for count in sentences.values() if count > 1)
    assert repeated < 0.2 * sentences.total()


def test_there_is_a_large_stock_of_phrases() -> None:
    stock = [*phrases("notes_nursing", "topics"), *phrases("notes_welfare", "topics")]
    assert len({phrase.text for phrase in stock}) >= 250
    steps = [step for line in read("storylines") for step in line["steps"]]
    assert len(set(steps)) == len(steps) >= 100


def test_everything_that_happened_is_written_down(any_story: Story) -> None:
    assert all(texts_of(visit) for visit in any_story.visits)
    for visit in any_story.visits:
        assert not visit.nursing_note or visit.purpose in ("NURSING", "JOINT")
        assert not visit.welfare_note or visit.purpose != "NURSING"
        assert visit.purpose != "JOINT" or (visit.nursing_note and visit.welfare_note)
        assert not visit.vitals or (visit.nursing_note and visit.mode == "FACE")


def test_texts_are_whole_sentences_without_leftovers(any_story: Story) -> None:
    for visit in any_story.visits:
        for text in texts_of(visit):
            assert not LEFTOVER.search(text)
            assert text[-1] in ".)»"


def test_nobody_writes_resident_numbers_or_diagnoses(any_story: Story) -> None:
    texts = list(all_texts(any_story.households)) + list(all_texts(any_story.visits))
    assert [text for text in texts if RESIDENT_NUMBER.search(text)] == []
    assert [text for text in texts if DIAGNOSIS.search(text)] == []


def test_a_promise_in_the_note_is_the_promise_on_record(any_story: Story) -> None:
    for visit in any_story.visits:
        for month, day in re.findall(r"(\d+)월 (\d+)일\(", " ".join(texts_of(visit))):
            assert visit.promised_on
            assert (visit.promised_on.month, visit.promised_on.day) == (int(month), int(day))


def test_a_correction_changes_what_was_written(any_story: Story) -> None:
    visits = {visit.id: visit for visit in any_story.visits}
    for correction in any_story.corrections:
        visit = visits[correction.visit]
        assert correction.corrected_at > visit.typed_at
        changed = [
            correction.welfare_note not in (None, visit.welfare_note),
            correction.nursing_note not in (None, visit.nursing_note),
            correction.vitals not in (None, visit.vitals),
        ]
        assert any(changed)
        assert correction.reason
