"""Whose words are whose on a record that two wrote, and what the visit then was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from app.follow_ups.rules import ContactMode, Profession, Purpose
from app.visits.rules import VisitDetails
from app.visits.rules.second_notes import HEADING, SHARED_TEXTS, Parts, beside, join_text, joint_purpose, split_text
from hypothesis import given
from hypothesis import strategies as st

NURSE, WORKER = Profession.NURSE, Profession.WORKER
PLAIN = VisitDetails(uuid4(), 1, date(2026, 11, 23), ContactMode.FACE, Purpose.NURSING)
said = st.text(
    st.characters(exclude_characters="\n\r〔\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", exclude_categories=["Cs"])
)


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        (Purpose.NURSING, NURSE, Purpose.NURSING),
        (Purpose.NURSING, WORKER, Purpose.JOINT),
        (Purpose.WELFARE, NURSE, Purpose.JOINT),
        (Purpose.WELFARE, WORKER, Purpose.WELFARE),
        (Purpose.CHECK_IN, NURSE, Purpose.NURSING),
        (Purpose.CHECK_IN, WORKER, Purpose.WELFARE),
        (Purpose.JOINT, NURSE, Purpose.JOINT),
        (Purpose.JOINT, WORKER, Purpose.JOINT),
    ],
)
def test_what_a_visit_was_for_once_a_colleague_did_their_part(
    first: Purpose, second: Profession, counted: Purpose
) -> None:
    assert joint_purpose(first, second) is counted


@given(st.sampled_from(SHARED_TEXTS), said, said, st.sampled_from(Profession))
def test_two_parts_of_one_text_come_apart_as_they_were_put_together(
    name: str, first: str, second: str, joined: Profession
) -> None:
    parts = Parts(" ".join(first.split()), " ".join(second.split()))
    assert split_text(name, join_text(name, parts, joined), joined) == parts


@pytest.mark.parametrize("name", SHARED_TEXTS)
def test_a_text_nobody_joined_is_all_the_first_writers(name: str) -> None:
    text = f"한 줄\n\n{HEADING}\n두 줄"
    assert split_text(name, text, None) == Parts(first=text)
    assert join_text(name, Parts(first=text), None) == text


def test_each_profession_has_its_note_without_a_heading() -> None:
    assert join_text("welfare_note", Parts(second="쌀 전달"), WORKER) == "쌀 전달"
    assert join_text("nursing_note", Parts(first="부종 없음"), WORKER) == "부종 없음"


def test_words_in_the_others_note_stand_under_a_heading() -> None:
    assert join_text("welfare_note", Parts("반찬 없음", "쌀 전달"), WORKER) == f"반찬 없음\n\n{HEADING}\n쌀 전달"


def test_each_has_a_line_of_their_own() -> None:
    assert join_text("shared_line", Parts("약 거르심", "반찬\n필요"), WORKER) == "약 거르심\n반찬 필요"


def test_a_record_written_apart_becomes_a_part_with_nothing_lost() -> None:
    standing = replace(PLAIN, place="집", told_to="딸", members_seen=frozenset({1}))
    typed = replace(
        PLAIN, visit_id=uuid4(), purpose=Purpose.WELFARE, members_seen=frozenset({2}), welfare_note="쌀 전달",
        place="경로당", told_to="통장", shared_line="반찬 필요", promised_on=date(2026, 12, 1), promise_note="김장",
    )  # fmt: skip
    part = beside(standing, typed, WORKER)
    assert (part.visit_id, part.place, part.told_to) == (standing.visit_id, "집", "딸")
    assert part.members_seen == {1, 2}
    assert part.welfare_note == "쌀 전달\n장소: 경로당\n알린 사람: 통장"
    assert (part.shared_line, part.promised_on, part.promise_note) == ("반찬 필요", date(2026, 12, 1), "김장")


def test_becoming_a_part_twice_adds_nothing() -> None:
    standing = replace(PLAIN, place="집")
    once = beside(standing, replace(PLAIN, place="경로당", nursing_note="부종"), NURSE)
    assert beside(standing, once, NURSE) == once
