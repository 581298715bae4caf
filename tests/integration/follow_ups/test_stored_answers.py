"""The stored answers are a cache: whatever happened, in whatever order, they say what the engine says from scratch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from app.accounts.queries import list_centres_of_district
from app.core.database import new_id
from app.follow_ups import jobs, queries, service
from app.follow_ups.models import AbsenceDecision, ContactRow, HolidayOverride, Obligation, RuleVersionRow
from app.follow_ups.rules import AbsenceVerdict, ContactMode, Due, Purpose, RuleKind, Status
from app.households.models import Household
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.counting import Counting
from tests.factories.households import HEAD, SPOUSE, add_contact, add_household, set_rule
from tests.factories.town import Town
from tests.moments import NOW, TODAY, at, day


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse), HEAD, SPOUSE)


def stored(session: Session, household: Household, today: date) -> list[Due]:
    return sorted(queries.list_dues(session, household, today=today), key=lambda due: due.term_id or 0)


def from_scratch(session: Session, household: Household, today: date) -> list[Due]:
    district_id = household.centre.district_id
    computed = queries.compute_dues(session, [household.id], district_id=district_id, today=today)
    return sorted(computed.get(household.id, []), key=lambda due: due.term_id or 0)


def row_of(session: Session, household: Household) -> Obligation:
    return session.scalars(select(Obligation).where(Obligation.household_id == household.id)).one()


HOUSEHOLD_RULES = ("CASE_CHECK_COMPLEX", "CASE_CHECK_GENERAL", "AFTERCARE", "ISOLATION_HIGH", "ISOLATION_MID")
MEMBER_RULES = ("NURSE_INTENSIVE", "NURSE_REGULAR", "NURSE_SELF")


@dataclass(frozen=True)
class Step:
    """One thing that happens in a household's history."""

    kind: str
    offset: int
    choice: int
    also: int


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(
            [
                "contact",
                "contact",
                "contact",
                "term",
                "member_term",
                "promise",
                "void",
                "end",
                "version",
                "ruling",
                "holiday",
            ]
        ),
        st.integers(-200, 0),
        st.integers(0, 20),
        st.integers(1, 120),
    ),
    min_size=1,
    max_size=8,
)


def take(session: Session, town: Town, household: Household, step: Step) -> None:
    """Let one thing happen, today, about some day in the past."""
    actor, on = town.who(town.nurse), day(step.offset)
    match step.kind:
        case "contact" | "promise":
            mode = list(ContactMode)[step.choice % len(ContactMode)]
            promised = service.Promise(on + timedelta(days=step.also)) if step.kind == "promise" else None
            purpose = list(Purpose)[step.also % len(Purpose)]
            add_contact(session, household, on, mode=mode, purpose=purpose, promised=promised)
        case "term":
            ends_on = on + timedelta(days=step.also) if step.choice % 3 == 0 else None
            code = HOUSEHOLD_RULES[step.choice % len(HOUSEHOLD_RULES)]
            set_rule(session, household, code, actor, starts_on=on, ends_on=ends_on)
        case "member_term":
            member = household.members[step.choice % 2]
            code = MEMBER_RULES[step.choice % len(MEMBER_RULES)]
            set_rule(session, household, code, actor, starts_on=on, member_id=member.id)
        case "void":
            _void_one(session, household, step)
        case "end":
            _end_one(session, town, household, step)
        case "version":
            _add_version(session, household, step)
        case "ruling":
            _rule_on_absence(session, town, household, step)
        case "holiday":
            _take_off(session, household, step)


def _add_version(session: Session, household: Household, step: Step) -> None:
    """Another version of a rule, that held since some day or will hold from some day on."""
    code = (HOUSEHOLD_RULES + MEMBER_RULES)[step.choice % 8]
    district_id, effective_from = household.centre.district_id, day(step.offset + step.also)
    last = queries.list_rule_versions(session, district_id, code)[-1]
    changed = (
        {**last.parameters, "count": 1 + step.choice % 9}
        if last.kind is RuleKind.QUOTA
        else {"every": {"days": step.also}}
    )
    session.add(
        RuleVersionRow(
            district_id=district_id, code=code, version=f"{new_id()}", name=last.name, profession=last.profession,
            whom=last.whom, kind=last.kind, parameters=changed, counts_modes=last.counts_modes,
            counts_purposes=last.counts_purposes, shift=last.shift, lead_days=last.lead_days,
            effective_from=effective_from, source="", confidence="DEFAULT",
        )
    )  # fmt: skip
    session.flush()
    service.mark_stale(session, queries.list_under_rule(session, district_id, code), from_on=max(TODAY, effective_from))


def _rule_on_absence(session: Session, town: Town, household: Household, step: Step) -> None:
    standing = queries.absence_step(session, household, today=TODAY)
    if standing is None:
        return
    verdict = list(AbsenceVerdict)[step.choice % len(AbsenceVerdict)]
    session.add(
        AbsenceDecision(
            household_id=household.id, first_try_on=standing.first_try_on, tries=standing.tries, verdict=verdict,
            until_on=day(step.also) if step.choice % 2 else None, reason="확인", by_id=town.supervisor.id, at=NOW,
        )
    )  # fmt: skip
    session.flush()
    service.refresh(session, household, today=TODAY)


def _take_off(session: Session, household: Household, step: Step) -> None:
    """A day off more, or a public holiday that is worked; exactly what rests on that day is computed anew."""
    district_id, on = household.centre.district_id, day(step.offset + step.also)
    if session.scalar(select(HolidayOverride.id).where(HolidayOverride.on == on)):
        return
    session.add(
        HolidayOverride(district_id=district_id, on=on, name="구민의 날", is_holiday=step.choice % 4 > 0, set_at=NOW)
    )
    session.flush()
    service.mark_stale(session, queries.list_touched_by_days(session, district_id, [on]), from_on=TODAY)


def _void_one(session: Session, household: Household, step: Step) -> None:
    contacts: Sequence[ContactRow] = session.scalars(
        select(ContactRow).where(ContactRow.household_id == household.id).order_by(ContactRow.occurred_on)
    ).all()
    if contacts:
        service.void_contacts_of(session, household, contacts[step.choice % len(contacts)].record_id, now=NOW)


def _end_one(session: Session, town: Town, household: Household, step: Step) -> None:
    terms = queries.list_terms(session, household.id)
    if terms:
        term = terms[step.choice % len(terms)]
        service.end_term(
            session, term, on=max(term.starts_on, day(step.offset)), because="끝", actor=town.who(town.nurse), now=NOW
        )


def test_stored_is_what_the_engine_says_from_scratch_for_any_history_and_any_later_day(
    session: Session, town: Town, household: Household
) -> None:
    session.commit()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps, st.integers(0, 250))
    def live(history: list[Step], ahead: int) -> None:
        with session.begin_nested() as savepoint:
            for step in history:
                take(session, town, household, step)
            for today in (TODAY, day(ahead)):
                assert stored(session, household, today) == from_scratch(session, household, today)
                assert service.find_untrue(session, [household.id], today=today) == {}
            service.refresh(session, household, today=day(ahead))
            assert stored(session, household, day(ahead)) == from_scratch(session, household, day(ahead))
            savepoint.rollback()
        session.expire_all()

    live()


def test_a_stale_row_is_computed_on_the_spot_and_not_believed(
    session: Session, town: Town, household: Household
) -> None:
    member = household.members[0]
    set_rule(session, household, "NURSE_INTENSIVE", town.who(town.nurse), starts_on=day(-80), member_id=member.id)
    row = row_of(session, household)
    assert row.recompute_on is not None
    before, after = row.recompute_on - timedelta(days=1), row.recompute_on
    assert queries.count_stale(session, today=before) == 0
    assert queries.count_stale(session, today=after) == 1
    row.because, row.done = [{"code": "RULE", "text": "낡은 답"}], 7
    session.flush()
    assert [due.done for due in stored(session, household, before)] == [7]
    assert stored(session, household, after) == from_scratch(session, household, after)


def test_the_nightly_refresh_leaves_nothing_stale_however_many_there_are(session: Session, town: Town) -> None:
    households = [add_household(session, town.who(town.nurse)) for _ in range(7)]
    for household in households:
        member_id = household.members[0].id
        set_rule(session, household, "NURSE_INTENSIVE", town.who(town.nurse), starts_on=day(-80), member_id=member_id)
    after = day(60)
    assert queries.count_stale(session, today=after) == 7
    assert [service.refresh_batch(session, today=after, most=3) for _night in range(4)] == [3, 3, 1, 0]
    assert queries.count_stale(session, today=after) == 0
    session.expire_all()
    assert all(row.computed_on == after for row in session.scalars(select(Obligation)))


def test_the_nightly_job_reads_the_korean_date(session: Session, town: Town, household: Household) -> None:
    set_rule(
        session,
        household,
        "NURSE_INTENSIVE",
        town.who(town.nurse),
        starts_on=day(-80),
        member_id=household.members[0].id,
    )
    recompute_on = row_of(session, household).recompute_on
    assert recompute_on is not None
    assert jobs.refresh_dues(session, at(recompute_on, 0) - timedelta(minutes=1)) == 0
    assert jobs.refresh_dues(session, at(recompute_on, 0, 10)) == 1


def test_a_day_the_district_takes_off_moves_what_falls_on_it(
    session: Session, town: Town, household: Household
) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker))
    due_on = row_of(session, household).due_on
    assert due_on == date(2026, 12, 23)
    session.add(
        HolidayOverride(district_id=town.garam.district_id, on=due_on, name="구민의 날", is_holiday=True, set_at=NOW)
    )
    session.flush()
    service.refresh(session, household, today=TODAY)
    due = stored(session, household, TODAY)[0]
    assert due.due_on == date(2026, 12, 22)
    assert any("구민의 날" in line for line in due.because)


def test_the_holidays_of_another_district_move_nothing_here(session: Session, town: Town, household: Household) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker))
    elsewhere = list_centres_of_district(session, town.haneul.district_id)[0].district_id
    session.add(HolidayOverride(district_id=elsewhere, on=date(2026, 12, 23), name="잔치", is_holiday=True, set_at=NOW))
    session.flush()
    service.refresh(session, household, today=TODAY)
    assert stored(session, household, TODAY)[0].due_on == date(2026, 12, 23)


def test_reading_the_dues_of_many_costs_what_reading_one_costs(
    session: Session, town: Town, counted_statements: Counting
) -> None:
    households = [add_household(session, town.who(town.nurse)) for _ in range(6)]
    for household in households:
        set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker))
    costs = []
    for number in (1, 6):
        session.expire_all()
        ids = [household.id for household in households[:number]]
        with counted_statements() as statements:
            found = queries.read_dues(session, ids, district_id=town.garam.district_id, today=TODAY)
        assert len(found) == number
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 2


def test_a_status_turns_with_the_day_without_a_refresh(session: Session, town: Town, household: Household) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker))
    seen = [
        stored(session, household, date(2026, 12, 23) + timedelta(days=offset))[0].status for offset in (-20, -7, 0, 1)
    ]
    assert seen == [Status.UPCOMING, Status.OPEN, Status.DUE, Status.OVERDUE]
