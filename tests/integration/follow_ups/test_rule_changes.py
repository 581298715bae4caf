"""A rule changes by adding a version: previewed exactly, stored once, felt from its first day on, taken back while it waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from app.audit.rules import Action
from app.core.database import unit_of_work
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.follow_ups import queries, service
from app.follow_ups.models import Obligation, RuleVersionRow, TermRow
from app.follow_ups.queries import previews
from app.follow_ups.queries.rule_changes import (
    find_line,
    get_rule,
    hypothetical,
    list_rule_lines,
    list_versions_of,
    preview_rule,
)
from app.follow_ups.rules.comparing import Turn
from app.follow_ups.rules.descriptions import Confidence
from app.follow_ups.rules.drafts import RuleDraft
from app.follow_ups.service.rule_changes import add_rule_version, check_rule_draft, withdraw_rule_version
from app.households.models import Household
from app.households.rules import ClosureReason
from app.households.service import close_household
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.counting import Counting
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.access_log import list_entries
from tests.factories.households import add_household, set_rule
from tests.factories.rules import every_two_months, regular_household, shipped
from tests.factories.town import Town, find_town
from tests.moments import NOW, TODAY, at, day


@pytest.fixture
def base(session: Session) -> RuleVersionRow:
    return shipped(session, "NURSE_REGULAR")


def due_days(session: Session, household: Household, today: Any = TODAY) -> dict[str, Any]:
    return {due.label: due.due_on for due in queries.list_dues(session, household, today=today)}


def add(session: Session, town: Town, base: RuleVersionRow, draft: RuleDraft) -> RuleVersionRow:
    officer = town.who(town.district_officer)
    known = find_line(session, officer, base, today=TODAY).newest_id
    return add_rule_version(session, base, draft, known=known, actor=officer, now=NOW)


def preview(session: Session, town: Town, base: RuleVersionRow, draft: RuleDraft, **more: Any) -> previews.Preview:
    row = hypothetical(draft, base)
    return preview_rule(session, town.who(town.district_officer), row, today=TODAY, **more)


def test_a_preview_names_each_due_before_and_after_and_stores_nothing(
    session: Session, town: Town, base: RuleVersionRow
) -> None:
    late, soon = regular_household(session, town), regular_household(session, town, seen_on=day(-10))
    add_household(session, town.who(town.nurse))
    seen = preview(session, town, base, every_two_months(base))
    assert (seen.looked_at, seen.touched, seen.total, seen.overdue) == (2, 2, 2, 1)
    assert seen.turns == {Turn.EARLIER: 2}
    first = seen.lines[0]
    assert (first.number, first.title, first.member) == (late.number, late.title, late.members[0].name)
    assert first.change.becomes_overdue
    assert first.change.before is not None
    assert first.change.before.due_on == due_days(session, late)["정기관리군"]
    assert any("2개월마다" in line for line in first.change.due.because)
    assert seen.household_ids == [late.id, soon.id]
    assert session.scalars(select(RuleVersionRow).where(RuleVersionRow.version == "2026-2")).all() == []


def test_what_was_previewed_is_what_happens(session: Session, town: Town, base: RuleVersionRow) -> None:
    households = [regular_household(session, town, seen_on=day(-offset)) for offset in (3, 40, 61, 75, 120)]
    seen = preview(session, town, base, every_two_months(base))
    add(session, town, base, every_two_months(base))
    told = {line.change.household_id: line.change.due.due_on for line in seen.lines}
    on_the_spot = {each.id: due_days(session, each)["정기관리군"] for each in households}
    assert service.refresh_batch(session, district_id=town.garam.district_id, today=TODAY) == 5
    assert {each.id: due_days(session, each)["정기관리군"] for each in households} == on_the_spot == told


def test_a_version_is_kept_with_who_and_why_and_the_old_one_stays(
    session: Session, town: Town, base: RuleVersionRow
) -> None:
    household = regular_household(session, town)
    before = (base.parameters, base.effective_from, base.source)
    row = add(session, town, base, every_two_months(base))
    assert (row.district_id, row.set_by_id, row.set_at) == (town.garam.district_id, town.district_officer.id, NOW)
    assert (row.note, row.whom, row.profession) == ("지침 개정", base.whom, base.profession)
    session.refresh(base)
    assert (base.parameters, base.effective_from, base.source) == before
    entry = list_entries(session)[0]
    assert (entry.action, entry.subject) == (Action.CHANGE_RULE, "rule:NURSE_REGULAR")
    assert "2026-2" in entry.detail
    assert session.scalars(select(TermRow.rule_version_id).where(TermRow.household_id == household.id)).one() == base.id
    service.refresh_batch(session, today=TODAY)
    judged_by = select(Obligation.rule_version_id).where(Obligation.household_id == household.id)
    assert session.scalars(judged_by).one() == row.id


def test_only_the_households_under_the_rule_wait_for_a_refresh(
    session: Session, town: Town, base: RuleVersionRow
) -> None:
    regular_household(session, town)
    other = add_household(session, town.who(town.nurse))
    set_rule(session, other, "CASE_CHECK_GENERAL", town.who(town.worker))
    assert queries.count_stale(session, today=TODAY) == 0
    add(session, town, base, every_two_months(base))
    assert queries.list_stale(session, today=TODAY, most=10) == queries.list_under_rule(
        session, town.garam.district_id, "NURSE_REGULAR"
    )
    assert other.id not in queries.list_stale(session, today=TODAY, most=10)


def test_a_version_announced_ahead_changes_nothing_until_its_day(
    session: Session, town: Town, base: RuleVersionRow
) -> None:
    household = regular_household(session, town, seen_on=day(-10))
    draft = every_two_months(base, effective_from=day(30))
    seen = preview(session, town, base, draft)
    assert seen.on == day(30)
    now_due = due_days(session, household)["정기관리군"]
    add(session, town, base, draft)
    assert queries.count_stale(session, today=TODAY) == 0
    assert due_days(session, household)["정기관리군"] == now_due
    assert queries.count_stale(session, today=day(30)) == 1
    assert due_days(session, household, day(30))["정기관리군"] == seen.lines[0].change.due.due_on


def test_another_district_keeps_its_own_rules(session: Session, town: Town, base: RuleVersionRow) -> None:
    row = add(session, town, base, every_two_months(base))
    far = town.who(town.far_supervisor)
    with pytest.raises(NotFound):
        get_rule(session, far, row.id)
    assert find_line(session, far, base, today=TODAY).row.id == base.id
    assert [each.id for each in list_versions_of(session, base, district_id=far.district_id)] == [base.id]
    assert get_rule(session, far, base.id) is base


def test_a_household_of_another_district_is_in_no_preview(session: Session, town: Town, base: RuleVersionRow) -> None:
    far = add_household(session, town.who(town.far_supervisor))
    set_rule(
        session, far, "NURSE_REGULAR", town.who(town.far_supervisor), starts_on=day(-200), member_id=far.members[0].id
    )
    assert preview(session, town, base, every_two_months(base)).total == 0


def test_who_sees_one_centre_counts_that_centre(session: Session, town: Town) -> None:
    regular_household(session, town)
    lines = {line.row.code: line for line in list_rule_lines(session, town.who(town.nurse), today=TODAY)}
    elsewhere = {line.row.code: line for line in list_rule_lines(session, town.who(town.narae_nurse), today=TODAY)}
    assert lines["NURSE_REGULAR"].standing == 1
    assert elsewhere["NURSE_REGULAR"].standing == 0


def test_a_closed_household_stands_under_no_rule(session: Session, town: Town, base: RuleVersionRow) -> None:
    household = regular_household(session, town)
    supervisor = town.who(town.supervisor)
    close_household(session, household, next(iter(ClosureReason)), note="이사", actor=supervisor, now=NOW)
    line = find_line(session, town.who(town.district_officer), base, today=TODAY)
    assert line.standing == 0
    assert preview(session, town, base, every_two_months(base)).looked_at == 0


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"version": "2026"}, "VERSION_TAKEN", "version"),
        ({"effective_from": day(-1)}, "IN_THE_PAST", "effective_from"),
        ({"effective_from": TODAY + timedelta(days=3 * 366 + 1)}, "TOO_FAR", "effective_from"),
        ({"confidence": Confidence.HIGH, "source": None}, "BORROWED_SOURCE", "source"),
        ({"parameters": None, "confidence": Confidence.HIGH, "source": None}, "NOTHING_CHANGED", None),
    ],
)
def test_what_cannot_be_the_next_version_is_refused_at_its_field(
    session: Session, town: Town, base: RuleVersionRow, changes: dict[str, Any], code: str, field: str | None
) -> None:
    same = {"source": base.source, "parameters": base.parameters}
    draft = every_two_months(base, **{name: same[name] if value is None else value for name, value in changes.items()})
    officer = town.who(town.district_officer)
    with pytest.raises(RuleBroken) as broken:
        check_rule_draft(session, base, draft, actor=officer, now=NOW)
    assert (broken.value.code, broken.value.field) == (code, field)
    with pytest.raises(RuleBroken):
        add(session, town, base, draft)
    assert len(list_versions_of(session, base, district_id=officer.district_id)) == 1


def test_today_and_three_years_ahead_are_allowed(session: Session, town: Town, base: RuleVersionRow) -> None:
    for effective_from in (TODAY, TODAY + timedelta(days=3 * 366)):
        draft = every_two_months(base, effective_from=effective_from)
        check_rule_draft(session, base, draft, actor=town.who(town.district_officer), now=NOW)


def test_the_day_begins_in_korea(session: Session, town: Town, base: RuleVersionRow) -> None:
    officer = town.who(town.district_officer)
    draft = every_two_months(base, effective_from=TODAY)
    check_rule_draft(session, base, draft, actor=officer, now=at(TODAY, 0, 5))
    with pytest.raises(RuleBroken):
        check_rule_draft(session, base, draft, actor=officer, now=at(day(1), 0, 5))


def test_going_back_to_the_shipped_values_later_is_a_change(session: Session, town: Town, base: RuleVersionRow) -> None:
    add(session, town, base, every_two_months(base))
    back = every_two_months(
        base, version="2026-3", parameters=base.parameters, source=base.source, confidence=Confidence.HIGH,
        effective_from=day(10),
    )  # fmt: skip
    add(session, town, base, back)
    assert find_line(session, town.who(town.district_officer), base, today=TODAY).row.version == "2026-2"
    assert find_line(session, town.who(town.district_officer), base, today=day(10)).row.version == "2026-3"


def test_of_two_versions_of_one_day_the_later_one_holds(session: Session, town: Town, base: RuleVersionRow) -> None:
    household = regular_household(session, town, seen_on=day(-10))
    add(session, town, base, every_two_months(base))
    slip = every_two_months(base, version="2026-3", parameters={"every": {"months": 4}})
    told = preview(session, town, base, slip).lines[0].change.due.due_on
    add(session, town, base, slip)
    assert find_line(session, town.who(town.district_officer), base, today=TODAY).row.version == "2026-3"
    assert due_days(session, household)["정기관리군"] == told


def test_whoever_was_faster_is_seen_before_one_goes_on(session: Session, town: Town, base: RuleVersionRow) -> None:
    officer = town.who(town.district_officer)
    known = find_line(session, officer, base, today=TODAY).newest_id
    add(session, town, base, every_two_months(base))
    mine = every_two_months(base, version="2026-9", parameters={"every": {"months": 1}})
    with pytest.raises(StaleRecord):
        add_rule_version(session, base, mine, known=known, actor=officer, now=NOW)
    add(session, town, base, mine)
    assert find_line(session, officer, base, today=TODAY).row.version == "2026-9"


def test_of_eight_who_add_a_version_at_once_one_does_and_seven_are_told(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        officer, base = find_town(session).who(find_town(session).district_officer), shipped(session, "NURSE_REGULAR")
        base_id, draft = base.id, every_two_months(base)

    def attempt(number: int) -> str:
        own = replace(draft, version="2026-2" if number % 2 else f"2026-{number + 3}")
        try:
            with Session(fresh_database.engine) as session, unit_of_work(session):
                held = session.get_one(RuleVersionRow, base_id)
                add_rule_version(session, held, own, known=base_id, actor=officer, now=NOW)
        except RuleBroken as broken:
            return broken.code
        return "added"

    outcomes = all_at_once(attempt)
    assert outcomes.count("added") == 1
    assert set(outcomes) <= {"added", "STALE_RECORD", "VERSION_TAKEN", "NOTHING_CHANGED"}
    with Session(fresh_database.engine) as session:
        assert len(list_versions_of(session, shipped(session, "NURSE_REGULAR"), district_id=officer.district_id)) == 2


def test_a_version_that_waits_is_taken_back_with_its_reason_on_record(
    session: Session, town: Town, base: RuleVersionRow
) -> None:
    officer = town.who(town.district_officer)
    row = add(session, town, base, every_two_months(base, effective_from=day(5)))
    household = regular_household(session, town)
    set_rule(
        session, household, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(6), member_id=household.members[0].id
    )
    assert session.scalars(select(TermRow.id).where(TermRow.rule_version_id == row.id)).all()
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        withdraw_rule_version(session, row, reason="  ", actor=officer, now=NOW)
    withdraw_rule_version(session, row, reason="지침이 미뤄짐", actor=officer, now=NOW)
    session.expire_all()
    assert [each.version for each in list_versions_of(session, base, district_id=officer.district_id)] == ["2026"]
    assert set(session.scalars(select(TermRow.rule_version_id))) == {base.id}
    assert "지침이 미뤄짐" in list_entries(session)[0].detail
    assert any("3개월마다" in line for line in queries.list_dues(session, household, today=day(6))[0].because)


def test_a_version_in_force_or_of_everybody_is_not_taken_back(
    session: Session, town: Town, base: RuleVersionRow
) -> None:
    officer = town.who(town.district_officer)
    for row in (base, add(session, town, base, every_two_months(base))):
        with pytest.raises(RuleBroken, match="IN_USE"):
            withdraw_rule_version(session, row, reason="실수", actor=officer, now=NOW)


def test_a_waiting_version_is_told_beside_the_one_in_force(session: Session, town: Town, base: RuleVersionRow) -> None:
    add(session, town, base, every_two_months(base, effective_from=day(5)))
    line = find_line(session, town.who(town.nurse), base, today=TODAY)
    assert (line.row.version, [row.version for row in line.waiting]) == ("2026", ["2026-2"])
    later = find_line(session, town.who(town.nurse), base, today=day(5))
    assert (later.row.version, later.waiting) == ("2026-2", ())


def test_pages_of_a_preview_follow_one_another_without_a_gap(
    session: Session, town: Town, base: RuleVersionRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for offset in (3, 40, 61, 75, 120):
        regular_household(session, town, seen_on=day(-offset))
    whole = [line.number for line in preview(session, town, base, every_two_months(base)).lines]
    monkeypatch.setattr(previews, "SHOWN", 2)
    monkeypatch.setattr(previews, "AT_ONCE", 2)
    pages = [preview(session, town, base, every_two_months(base), page=page) for page in (1, 2, 3)]
    assert [page.has_more for page in pages] == [True, True, False]
    assert [line.number for page in pages for line in page.lines] == whole
    assert {page.total for page in pages} == {5}


def test_a_preview_of_many_costs_statements_by_the_hundred_not_by_the_household(
    session: Session, town: Town, base: RuleVersionRow, counted_statements: Counting
) -> None:
    costs = []
    for _ in range(2):
        for _ in range(3):
            regular_household(session, town)
        with counted_statements() as statements:
            preview(session, town, base, every_two_months(base))
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_reading_the_rules_costs_the_same_however_many_terms_stand(
    session: Session, town: Town, counted_statements: Counting
) -> None:
    costs = []
    for _ in range(2):
        regular_household(session, town)
        with counted_statements() as statements:
            list_rule_lines(session, town.who(town.district_officer), today=TODAY)
        costs.append(len(statements))
    assert costs[0] == costs[1]
