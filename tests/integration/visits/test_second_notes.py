"""공동방문: one visit, two notes in two scopes, counted for both professions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups.models import ContactRow, TermRow
from app.follow_ups.queries import compute_dues, list_dues
from app.follow_ups.rules import ContactMode, Profession, Purpose, Status
from app.follow_ups.rules.dues import in_order
from app.households.models import Household
from app.visits import service
from app.visits.models import Visit
from app.visits.queries.second_notes import list_jointly_seen, list_wanted_notes
from app.visits.rules import VisitDetails
from app.visits.rules.second_notes import HEADING
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import set_rule
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, visit_details
from tests.moments import TODAY, at, day

LATER = timedelta(hours=2)


@pytest.fixture
def details(town: Town, household: Household) -> VisitDetails:
    """The nurse's, with the worker along."""
    return visit_details(
        household, nursing_note="부종 없음", welfare_note="", shared_line="약 거르심",
        members_seen=frozenset({household.members[0].id}), companion_ids=frozenset({town.worker.id}),
    )  # fmt: skip


@pytest.fixture
def visit(session: Session, town: Town, household: Household, details: VisitDetails, now: datetime) -> Visit:
    for code, who in (("NURSE_REGULAR", town.nurse), ("CASE_CHECK_GENERAL", town.worker)):
        member_id = household.members[0].id if code == "NURSE_REGULAR" else None
        set_rule(session, household, code, town.who(who), starts_on=day(-200), member_id=member_id)
    return service.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)


def part(visit: Visit, **typed: Any) -> VisitDetails:
    return replace(service.facts_of(visit), **{"welfare_note": "쌀 전달"} | typed)


def add(session: Session, town: Town, visit: Visit, now: datetime, *, login: str = "worker", **typed: Any) -> Visit:
    more = {name: typed.pop(name) for name in ("version", "typed_at", "draft_id") if name in typed}
    wanted = {"version": visit.version, "typed_at": now, "actor": town.who(town.accounts[login]), "now": now} | more
    return service.add_second_note(session, visit, part(visit, **typed), **wanted)


def pressing(session: Session, household: Household) -> set[Profession]:
    return {due.profession for due in list_dues(session, household, today=TODAY) if due.status is Status.OVERDUE}


def test_the_colleague_is_asked_once_and_until_it_is_written(
    session: Session, town: Town, visit: Visit, now: datetime
) -> None:
    told = session.scalars(select(Alert).where(Alert.kind == AlertKind.SECOND_NOTE)).all()
    assert [(each.recipient_id, each.subject) for each in told] == [(town.worker.id, f"visit:{visit.id}")]
    assert visit.household.members[0].name not in told[0].text
    (wanted,) = list_wanted_notes(session, town.who(town.worker), now=now)
    assert (wanted.visit_id, wanted.by_title) == (visit.id, "윤가람 방문간호사")
    assert list_wanted_notes(session, town.who(town.other_worker), now=now) == []
    add(session, town, visit, now)
    assert list_wanted_notes(session, town.who(town.worker), now=now) == []


@pytest.mark.parametrize("login", ["other_nurse", "supervisor"])
def test_whoever_has_no_note_to_write_is_not_asked(
    session: Session, town: Town, household: Household, now: datetime, login: str
) -> None:
    along = visit_details(household, companion_ids=frozenset({town.accounts[login].id}))
    service.log_visit(session, household, along, typed_at=now, actor=town.who(town.nurse), now=now)
    assert session.scalars(select(Alert).where(Alert.kind == AlertKind.SECOND_NOTE)).all() == []


def test_both_notes_stand_on_one_visit_with_who_and_when(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    add(session, town, visit, now + LATER, shared_line="반찬 필요", typed_at=now + LATER - timedelta(minutes=4))
    assert (visit.nursing_note, visit.welfare_note, visit.shared_line) == (
        "부종 없음",
        "쌀 전달",
        "약 거르심\n반찬 필요",
    )
    assert (visit.by_id, visit.second_by_id) == (town.nurse.id, town.worker.id)
    assert (visit.second_typed_at, visit.second_received_at) == (now + LATER - timedelta(minutes=4), now + LATER)
    assert (visit.occurred_on, visit.began_at) == (details.occurred_on, details.began_at)
    assert visit.corrections == [], "a second note is no correction"
    assert [version.act for version in visit.versions] == ["SECOND_NOTE"]


def test_one_visit_satisfies_both_sides(
    session: Session, town: Town, household: Household, visit: Visit, now: datetime
) -> None:
    assert pressing(session, household) == {Profession.WORKER}
    assert list_jointly_seen(session, [household.id]) == frozenset()
    add(session, town, visit, now)
    assert pressing(session, household) == set()
    standing = select(ContactRow).where(ContactRow.record_id == visit.id, ContactRow.voided_at.is_(None))
    assert [contact.purpose for contact in session.scalars(standing)] == [Purpose.JOINT]
    scratch = compute_dues(session, [household.id], district_id=town.garam.district_id, today=TODAY)
    assert in_order(list_dues(session, household, today=TODAY)) == in_order(scratch[household.id])
    assert list_jointly_seen(session, [household.id]) == {household.id}


def test_a_nurse_adds_vitals_to_a_workers_visit(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id
    set_rule(session, household, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-200), member_id=member_id)
    worked = visit_details(household, purpose=Purpose.WELFARE, companion_ids=frozenset({town.nurse.id}))
    visit = service.log_visit(session, household, worked, typed_at=now, actor=town.who(town.worker), now=now)
    assert pressing(session, household) == {Profession.NURSE}
    add(session, town, visit, now, login="nurse", welfare_note="", nursing_note="혈압 조절됨",
        readings=(blood_pressure(member_id, 131, 77),))  # fmt: skip
    assert (visit.welfare_note, visit.nursing_note) == ("밑반찬이 떨어짐", "혈압 조절됨")
    assert [(row.systolic, row.diastolic) for row in visit.readings] == [(131, 77)]
    assert pressing(session, household) == set()


def test_an_alarming_value_beside_a_colleagues_record_is_told_as_any_other(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    worked = visit_details(household, purpose=Purpose.WELFARE, companion_ids=frozenset({town.nurse.id}))
    visit = service.log_visit(session, household, worked, typed_at=now, actor=town.who(town.worker), now=now)
    with pytest.raises(service.ProblemsFound):
        add(session, town, visit, now, login="nurse", readings=(blood_pressure(household.members[0].id, 190, 125),))


def test_each_profession_keeps_the_promise_it_made(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    promised = replace(details, promised_on=day(7), promise_note="혈압 다시 재기")
    visit = service.log_visit(session, household, promised, typed_at=now, actor=town.who(town.nurse), now=now)
    add(session, town, visit, now + LATER, promised_on=day(3), promise_note="쌀 가져오기")
    standing = select(TermRow).where(TermRow.promised_on.is_not(None), TermRow.closed_on.is_(None))
    assert sorted((term.promised_on, term.promised_by, term.note) for term in session.scalars(standing)) == [
        (day(3), Profession.WORKER, "쌀 가져오기"),
        (day(7), Profession.NURSE, "혈압 다시 재기"),
    ]


def test_the_colleague_says_whom_they_met_besides(session: Session, town: Town, visit: Visit, now: datetime) -> None:
    spouse_id = visit.household.members[1].id
    add(session, town, visit, now, members_seen=frozenset({spouse_id}))
    assert sorted(each.member_id for each in visit.attendances) == [each.id for each in visit.household.members]


def test_words_the_nurse_wrote_into_the_welfare_note_stay_hers(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    wrote = replace(details, welfare_note="반찬이 떨어짐")
    visit = service.log_visit(session, household, wrote, typed_at=now, actor=town.who(town.nurse), now=now)
    add(session, town, visit, now)
    assert visit.welfare_note == f"반찬이 떨어짐\n\n{HEADING}\n쌀 전달"
    assert service.first_texts(visit)["welfare_note"] == "반찬이 떨어짐"
    assert service.second_texts(visit)["welfare_note"] == "쌀 전달"


def test_the_same_note_sent_again_changes_nothing(session: Session, town: Town, visit: Visit, now: datetime) -> None:
    add(session, town, visit, now, version=1)
    add(session, town, visit, now + LATER, version=1)
    assert (visit.version, visit.second_received_at) == (2, now)


def test_another_note_after_the_first_is_a_correction(
    session: Session, town: Town, visit: Visit, now: datetime
) -> None:
    add(session, town, visit, now)
    with pytest.raises(RuleBroken, match="ADDED_ALREADY"):
        add(session, town, visit, now, welfare_note="다른 글")


@pytest.mark.parametrize(
    ("login", "changes", "code"),
    [
        ("other_nurse", {"welfare_note": "", "nursing_note": "x"}, "NO_ROOM"),
        ("supervisor", {}, "NO_ROOM"),
        ("worker", {"welfare_note": " "}, "EMPTY_NOTE"),
        ("worker", {"nursing_note": "몰래"}, "NURSE_ONLY"),
    ],
)
def test_no_note_is_added_by(
    session: Session, town: Town, visit: Visit, now: datetime, login: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        add(session, town, visit, now, login=login, **changes)


@pytest.mark.parametrize("mode", [ContactMode.CALL, ContactMode.TEXT, ContactMode.LETTER])
def test_nobody_goes_along_on_a_call(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime, mode: ContactMode
) -> None:
    members = details.members_seen if mode is ContactMode.CALL else frozenset()
    called = replace(details, mode=mode, members_seen=members)
    visit = service.log_visit(session, household, called, typed_at=now, actor=town.who(town.nurse), now=now)
    with pytest.raises(RuleBroken, match="NO_ROOM"):
        add(session, town, visit, now)


def test_nothing_is_added_to_a_record_that_was_taken_back(
    session: Session, town: Town, visit: Visit, now: datetime
) -> None:
    service.void_visit(session, visit, reason="다른 집", version=1, actor=town.who(town.nurse), now=now)
    with pytest.raises(RuleBroken, match="NO_ROOM"):
        add(session, town, visit, now)
    assert list_wanted_notes(session, town.who(town.worker), now=now) == []


def test_a_correction_in_between_is_shown_before_the_note_is_added(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    corrected = replace(details, welfare_note="팀장의 글", nursing_note="")
    service.correct_visit(session, visit, corrected, reason="빠짐", version=1, actor=town.who(town.supervisor), now=now)
    with pytest.raises(StaleRecord):
        add(session, town, visit, now, version=1)
    add(session, town, visit, now, version=2)
    assert visit.welfare_note == f"팀장의 글\n\n{HEADING}\n쌀 전달"
    assert (len(visit.corrections), visit.version) == (1, 3)


def test_each_writer_corrects_their_own_words_and_leaves_the_others(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    add(session, town, visit, now, shared_line="반찬 필요")
    mine = replace(details, nursing_note="부종 있음", shared_line="약 잘 드심")
    service.correct_visit(session, visit, mine, reason="잘못", version=2, actor=town.who(town.nurse), now=now)
    assert (visit.nursing_note, visit.welfare_note, visit.shared_line) == (
        "부종 있음",
        "쌀 전달",
        "약 잘 드심\n반찬 필요",
    )
    assert visit.purpose is Purpose.JOINT, "what the colleague did is not undone by another purpose"
    assert town.worker.id in visit.companion_ids
    theirs = part(visit, welfare_note="라면 전달", shared_line="반찬 필요")
    service.correct_second_note(
        session, visit, theirs, reason="쌀이 아님", version=3, actor=town.who(town.worker), now=now
    )
    assert (visit.nursing_note, visit.welfare_note) == ("부종 있음", "라면 전달")
    assert visit.corrections[-1].before["welfare_note"] == "쌀 전달"
    assert [version.reason for version in visit.corrections] == ["잘못", "쌀이 아님"]


def test_the_second_writer_has_no_hand_in_the_first_text(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    add(session, town, visit, now)
    with pytest.raises(RuleBroken, match="NOT_YOURS"):
        service.correct_visit(
            session, visit, replace(details, nursing_note="", welfare_note="내 글"), reason="x", version=2,
            actor=town.who(town.worker), now=now,
        )  # fmt: skip


def test_a_corrected_day_takes_the_second_note_along(
    session: Session, town: Town, household: Household, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    add(session, town, visit, now)
    moved = replace(details, occurred_on=day(-1), began_at=at(day(-1), 9, 5), ended_at=at(day(-1), 9, 40))
    service.correct_visit(session, visit, moved, reason="하루 전", version=2, actor=town.who(town.nurse), now=now)
    assert (visit.second_by_id, visit.welfare_note, household.last_seen_on) == (town.worker.id, "쌀 전달", day(-1))
    assert pressing(session, household) == set()


def test_a_record_that_was_taken_back_takes_both_promises_along(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    promised = replace(details, promised_on=day(7))
    visit = service.log_visit(session, household, promised, typed_at=now, actor=town.who(town.nurse), now=now)
    add(session, town, visit, now + LATER, promised_on=day(3))
    service.void_visit(session, visit, reason="다른 집", version=2, actor=town.who(town.nurse), now=now + LATER)
    assert list_dues(session, household, today=TODAY) == []
    service.revive_visit(session, visit, version=3, actor=town.who(town.nurse), now=now + LATER)
    assert sorted(due.due_on for due in list_dues(session, household, today=TODAY) if due.due_on) == [day(3), day(7)]
