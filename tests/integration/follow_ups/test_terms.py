"""관리 기준: a rule is set on a household or a member, one of a family at a time, and what is due follows at once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from app.alerts.models import Alert
from app.audit.rules import Action
from app.core.errors import NotFound, RuleBroken
from app.follow_ups import queries, service
from app.follow_ups.models import Obligation, RuleVersionRow
from app.follow_ups.rules import CareGroup, ContactMode, Purpose, RuleKind, Status
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.access_log import list_entries
from tests.factories.households import HEAD, SPOUSE, add_contact, add_household, set_rule
from tests.factories.reference import read_shipped
from tests.factories.town import Town
from tests.moments import NOW, TODAY, at, day


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse), HEAD, SPOUSE)


def dues(session: Session, household: Household, today: date = TODAY) -> dict[str, tuple[date | None, Status]]:
    return {due.label: (due.due_on, due.status) for due in queries.list_dues(session, household, today=today)}


def spans(session: Session, household: Household) -> list[tuple[str, date, date | None]]:
    rows = reversed(queries.list_terms(session, household.id))
    return [(row.rule.code, row.starts_on, row.ends_on) for row in rows]


def test_a_term_is_due_as_soon_as_it_is_set(session: Session, town: Town, household: Household) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), note="혼자 지냄")
    due = queries.list_dues(session, household, today=TODAY)[0]
    assert (due.label, due.due_on, due.kind, due.note) == (
        "일반 점검",
        date(2026, 12, 23),
        RuleKind.INTERVAL,
        "혼자 지냄",
    )
    assert due.because
    assert all(due.because)


def test_setting_a_term_is_in_the_access_log(session: Session, town: Town, household: Household) -> None:
    term = set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), note="혼자 지냄")
    row = list_entries(session)[0]
    assert (row.action, row.subject, row.household_id) == (Action.SET_TERM, f"term:{term.id}", household.id)
    assert "혼자" not in row.detail


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1899, 12, 31), date(2206, 11, 23), date(9999, 12, 31)])
def test_a_year_that_can_only_be_mistyped_is_refused(
    session: Session, town: Town, household: Household, on: date
) -> None:
    nurse = town.who(town.nurse)
    term = set_rule(session, household, "CASE_CHECK_GENERAL", nurse, starts_on=day(-3660))
    with pytest.raises(RuleBroken, match="DISTANT_DAY"):
        set_rule(session, household, "AFTERCARE", nurse, starts_on=on)
    with pytest.raises(RuleBroken, match="DISTANT_DAY"):
        service.end_term(session, term, on=on, because="끝", actor=nurse, now=NOW)
    with pytest.raises(RuleBroken, match="DISTANT_DAY"):
        service.set_care_group(
            session, household.members[0], CareGroup.INTENSIVE, from_on=on, reason="악화", actor=nurse, now=NOW
        )
    service.end_term(session, term, on=day(732), because="끝", actor=nurse, now=NOW)
    assert spans(session, household) == [("CASE_CHECK_GENERAL", day(-3660), day(732))]


def test_another_rule_of_the_family_ends_the_one_before(session: Session, town: Town, household: Household) -> None:
    actor = town.who(town.worker)
    set_rule(session, household, "CASE_CHECK_GENERAL", actor, starts_on=day(-60))
    set_rule(session, household, "CASE_CHECK_COMPLEX", actor)
    assert spans(session, household) == [
        ("CASE_CHECK_GENERAL", day(-60), day(-1)),
        ("CASE_CHECK_COMPLEX", TODAY, None),
    ]
    assert set(dues(session, household)) == {"고난도 점검"}


def test_rules_of_other_families_and_other_members_stand_side_by_side(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor = town.who(town.nurse)
    set_rule(session, household, "CASE_CHECK_GENERAL", actor)
    set_rule(session, household, "ISOLATION_HIGH", actor)
    for member, group in zip(household.members, (CareGroup.REGULAR, CareGroup.SELF_CARE), strict=True):
        service.set_care_group(session, member, group, from_on=TODAY, reason="재분류", actor=actor, now=now)
    assert {ends_on for _code, _starts_on, ends_on in spans(session, household)} == {None}
    assert len(queries.list_dues(session, household, today=TODAY)) == 4


@pytest.mark.parametrize("order", [(0, -20, 10), (10, -20, 0), (-20, 10, 0), (0, 10, -20), (10, 0, -20)], ids=str)
def test_of_a_family_one_rule_holds_on_any_day_in_whatever_order_they_were_set(
    session: Session, town: Town, household: Household, order: tuple[int, ...]
) -> None:
    codes = ("ISOLATION_HIGH", "ISOLATION_MID", "ISOLATION_LOW")
    for code, offset in zip(codes, order, strict=True):
        set_rule(session, household, code, town.who(town.worker), starts_on=day(offset))
    last_on = day(order[-1])
    for offset in range(-25, 40):
        holding = [
            code
            for code, starts_on, ends_on in spans(session, household)
            if starts_on <= day(offset) and (ends_on is None or day(offset) <= ends_on)
        ]
        assert len(holding) <= 1, (offset, spans(session, household))
        if day(offset) >= last_on:
            assert holding == [codes[-1]], "the one set last holds from its day on"


def test_a_term_with_a_last_day_ahead_gives_way_too(session: Session, town: Town, household: Household) -> None:
    actor = town.who(town.worker)
    set_rule(session, household, "CASE_CHECK_GENERAL", actor, starts_on=day(-60), ends_on=day(60))
    set_rule(session, household, "CASE_CHECK_COMPLEX", actor)
    assert spans(session, household) == [
        ("CASE_CHECK_GENERAL", day(-60), day(-1)),
        ("CASE_CHECK_COMPLEX", TODAY, None),
    ]


def test_a_term_is_refused_for_somebody_elses_member(session: Session, town: Town, household: Household) -> None:
    stranger = add_household(session, town.who(town.worker)).members[0]
    with pytest.raises(RuleBroken, match="NOT_A_MEMBER"):
        set_rule(session, household, "NURSE_REGULAR", town.who(town.nurse), member_id=stranger.id)


def test_a_term_is_refused_for_a_closed_household(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    households.close_household(
        session, household, ClosureReason.MOVED, note="", actor=town.who(town.supervisor), now=now
    )
    with pytest.raises(RuleBroken, match="HOUSEHOLD_CLOSED"):
        set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker))


def test_a_rule_nobody_wrote_is_not_found(session: Session, town: Town, household: Household) -> None:
    with pytest.raises(NotFound):
        set_rule(session, household, "NO_SUCH_RULE", town.who(town.worker))


@pytest.mark.parametrize("group", CareGroup)
def test_a_care_group_sets_its_rule_on_the_member(
    session: Session, town: Town, household: Household, now: datetime, group: CareGroup
) -> None:
    member = household.members[1]
    term = service.set_care_group(
        session, member, group, from_on=TODAY, reason="혈압 조절 안 됨", actor=town.who(town.nurse), now=now
    )
    assert (term.rule.code, term.member_id, term.note) == (group.rule_code, member.id, "혈압 조절 안 됨")
    assert queries.standing_groups(session, household.id, today=TODAY) == {member.id: group}


def test_an_intensive_group_is_looked_at_again_when_its_window_ends(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor, member = town.who(town.nurse), household.members[0]
    service.set_care_group(session, member, CareGroup.INTENSIVE, from_on=TODAY, reason="퇴원", actor=actor, now=now)
    assert dues(session, household)["군 재분류 검토"] == (date(2027, 2, 23), Status.UPCOMING)
    service.set_care_group(session, member, CareGroup.REGULAR, from_on=TODAY, reason="안정", actor=actor, now=now)
    assert set(dues(session, household)) == {"정기관리군"}


def test_a_care_group_without_a_reason_is_refused(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.set_care_group(
            session, household.members[0], CareGroup.REGULAR, from_on=TODAY, reason="", actor=town.who(town.nurse), now=now
        )  # fmt: skip
    assert queries.list_terms(session, household.id) == []


def test_an_ended_term_is_due_no_more(session: Session, town: Town, household: Household, now: datetime) -> None:
    actor = town.who(town.worker)
    term = set_rule(session, household, "CASE_CHECK_GENERAL", actor, starts_on=day(-10))
    service.end_term(session, term, on=TODAY, because="호전", actor=actor, now=now)
    assert dues(session, household) == {}
    assert (term.ends_on, term.ended_because) == (TODAY, "호전")


@pytest.mark.parametrize(("on", "because", "code"), [(TODAY, " ", "REASON_NEEDED"), (day(-11), "호전", "BEFORE_START")])
def test_a_term_is_not_ended(
    session: Session, town: Town, household: Household, now: datetime, on: date, because: str, code: str
) -> None:
    actor = town.who(town.worker)
    term = set_rule(session, household, "CASE_CHECK_GENERAL", actor, starts_on=day(-10))
    with pytest.raises(RuleBroken, match=code):
        service.end_term(session, term, on=on, because=because, actor=actor, now=now)
    assert term.ends_on is None


def test_a_rule_already_there_is_not_loaded_twice(session: Session) -> None:
    before = session.scalar(select(func.count()).select_from(RuleVersionRow))
    assert service.add_rule_versions(session, read_shipped("follow_up_rules")) == 0
    newer = {**read_shipped("follow_up_rules")[0], "version": "2027", "effective_from": "2027-01-01"}
    assert service.add_rule_versions(session, [newer]) == 1
    assert session.scalar(select(func.count()).select_from(RuleVersionRow)) == (before or 0) + 1


@pytest.mark.parametrize(
    ("on", "version"),
    [(date(2020, 1, 1), "2026"), (date(2026, 12, 31), "2026"), (date(2027, 1, 1), "2027"), (date(2030, 1, 1), "2027")],
)
def test_the_version_in_force_is_the_one_of_the_day(session: Session, town: Town, on: date, version: str) -> None:
    shipped = next(row for row in read_shipped("follow_up_rules") if row["code"] == "CASE_CHECK_GENERAL")
    service.add_rule_versions(session, [{**shipped, "version": "2027", "effective_from": "2027-01-01"}])
    district_id = town.garam.district_id
    assert queries.get_rule_in_force(session, "CASE_CHECK_GENERAL", district_id=district_id, on=on).version == version


def test_closing_a_household_takes_its_dues_and_reopening_brings_them_back(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    actor = town.who(town.supervisor)
    set_rule(session, household, "CASE_CHECK_GENERAL", actor)
    households.close_household(session, household, ClosureReason.FACILITY, note="", actor=actor, now=now)
    service.household_closed(session, household)
    assert dues(session, household) == {}
    assert session.scalar(select(func.count()).select_from(Obligation)) == 0
    households.reopen_household(session, household, actor=actor, now=now)
    service.refresh(session, household, today=TODAY)
    assert set(dues(session, household)) == {"일반 점검"}


def test_a_contact_moves_what_is_due_and_who_was_seen_last(session: Session, town: Town, household: Household) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-60))
    assert dues(session, household)["일반 점검"][1] is Status.OVERDUE
    add_contact(session, household, TODAY, purpose=Purpose.WELFARE)
    assert dues(session, household)["일반 점검"] == (date(2026, 12, 23), Status.UPCOMING)
    assert household.last_seen_on == TODAY


def test_a_contact_told_twice_counts_once(session: Session, town: Town, household: Household) -> None:
    first = add_contact(session, household, TODAY)
    details = service.ContactDetails(first.id, day(-5), ContactMode.CALL, Purpose.WELFARE)
    again = service.record_contact(session, household, details, by_id=None, now=NOW)
    assert again is first
    assert queries.last_contact_modes(session, household.id) == [(TODAY, ContactMode.FACE)]


def test_a_voided_contact_counts_for_nothing_and_stays_on_record(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-60))
    contact = add_contact(session, household, TODAY, purpose=Purpose.WELFARE)
    service.void_contacts_of(session, household, contact.record_id, now=now)
    session.expire_all()
    assert contact.voided_at == now
    assert household.last_seen_on is None
    assert dues(session, household)["일반 점검"][1] is Status.OVERDUE
    assert queries.last_contact_modes(session, household.id) == []


def test_vain_tries_in_a_row_are_counted_until_somebody_is_reached(
    session: Session, town: Town, household: Household
) -> None:
    for offset, mode, tries in (
        (-6, ContactMode.FACE, 0),
        (-5, ContactMode.ABSENT, 1),
        (-4, ContactMode.NO_ANSWER, 2),
        (-3, ContactMode.NEIGHBOUR, 2),
        (-2, ContactMode.TEXT, 2),
        (-1, ContactMode.CALL, 0),
        (0, ContactMode.ABSENT, 1),
    ):
        add_contact(session, household, day(offset), mode=mode)
        assert household.absences_in_row == tries, mode
    assert household.last_seen_on == day(-6)


def test_a_promise_is_due_on_its_day_and_the_next_one_takes_its_place(
    session: Session, town: Town, household: Household
) -> None:
    add_contact(session, household, TODAY, promised=service.Promise(day(3), "약 가져오기"))
    assert dues(session, household)["약속 방문"] == (day(3), Status.OPEN)
    later = at(day(1), 10)
    add_contact(session, household, day(1), promised=service.Promise(day(8), "서류"), now=later, mode=ContactMode.CALL)
    promises = [row for row in queries.list_terms(session, household.id) if row.rule.code == "PROMISE"]
    assert [(row.promised_on, row.closed_on, row.note) for row in promises] == [
        (day(8), None, "서류"),
        (day(3), day(1), "약 가져오기"),
    ]
    assert dues(session, household, day(1))["약속 방문"][0] == day(8)


def test_a_promise_is_kept_by_a_visit_after_the_day_it_was_made(
    session: Session, town: Town, household: Household
) -> None:
    add_contact(session, household, day(-5), promised=service.Promise(day(-3)))
    assert dues(session, household)["약속 방문"][1] is Status.OVERDUE
    add_contact(session, household, TODAY, mode=ContactMode.CALL)
    assert "약속 방문" in dues(session, household)
    add_contact(session, household, TODAY)
    assert "약속 방문" not in dues(session, household)


def test_a_visit_typed_late_does_not_take_the_place_of_a_newer_promise(
    session: Session, town: Town, household: Household
) -> None:
    add_contact(session, household, TODAY, promised=service.Promise(day(7), "새 약속"))
    add_contact(session, household, day(-10), promised=service.Promise(day(-3), "묵은 약속"))
    assert dues(session, household)["약속 방문"][0] == day(7)


def test_supervisors_hear_of_each_step_of_the_ladder_once(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    def alerts() -> list[str]:
        service.alert_absences(session, household, now=now)
        service.alert_absences(session, household, now=now)
        return list(session.scalars(select(Alert.subject).where(Alert.recipient_id == town.supervisor.id)))

    for offset, told in ((-3, 1), (-2, 2), (-1, 3), (0, 3)):
        add_contact(session, household, day(offset), mode=ContactMode.ABSENT)
        assert len(alerts()) == told, offset
    add_contact(session, household, TODAY, mode=ContactMode.CALL)
    assert service.alert_absences(session, household, now=now) is None
    add_contact(session, household, TODAY, mode=ContactMode.ABSENT, now=at(TODAY, 15))
    assert len(alerts()) == 4, "a new row of absences begins at the first step again"
    assert session.scalar(select(func.count()).where(Alert.recipient_id == town.narae_supervisor.id)) == 0


def test_an_absence_alert_names_the_number_and_nobody(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    add_contact(session, household, TODAY, mode=ContactMode.ABSENT)
    service.alert_absences(session, household, now=now)
    text = session.scalars(select(Alert.text)).one()
    assert text.startswith("가람-0001 연속 부재 1번")
    assert "김순자" not in text
