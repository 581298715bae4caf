"""`outreach follow-ups verify` proves on a live database that what is stored is what the engine says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from app.cli import main
from app.follow_ups import queries, service
from app.follow_ups.models import Obligation
from app.households.models import Household
from click.testing import CliRunner
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.factories.households import add_contact, add_household, set_rule
from tests.factories.town import Town
from tests.moments import TODAY, day


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    household = add_household(session, town.who(town.nurse))
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-40))
    add_contact(session, household, day(-20))
    return household


def change(**columns: object) -> Callable[[Session, Household], None]:
    def carry_out(session: Session, household: Household) -> None:
        session.execute(update(Obligation).where(Obligation.household_id == household.id).values(**columns))

    return carry_out


def lose(session: Session, household: Household) -> None:
    session.delete(session.scalars(select(Obligation).where(Obligation.household_id == household.id)).one())


def forget_meeting(session: Session, household: Household) -> None:
    session.execute(update(Household).where(Household.id == household.id).values(last_seen_on=None))


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (change(due_on=day(90)), "term"),
        (change(because=[{"code": "RULE", "text": "그냥"}]), "term"),
        (change(rests_until=None), "term"),
        (lose, "terms without an answer"),
        (forget_meeting, "last seen"),
    ],
)
def test_what_was_changed_behind_our_back_is_named_by_its_number_and_can_be_repaired(
    session: Session, household: Household, harm: Callable[[Session, Household], None], what: str
) -> None:
    assert service.find_untrue(session, [household.id], today=TODAY) == {}
    harm(session, household)
    session.flush()
    found = service.find_untrue(session, [household.id], today=TODAY)
    assert list(found) == [household.number]
    assert what in found[household.number]
    session.expire_all()
    service.refresh_households(session, [household.id], today=TODAY)
    assert service.find_untrue(session, [household.id], today=TODAY) == {}


def test_a_stale_answer_is_no_fault_because_nobody_believes_it(session: Session, household: Household) -> None:
    change(due_on=day(90))(session, household)
    service.mark_stale(session, [household.id], from_on=TODAY)
    assert service.find_untrue(session, [household.id], today=TODAY) == {}
    assert queries.list_dues(session, household, today=TODAY)[0].due_on != day(90)


def test_every_household_is_walked_through_once_however_many_at_a_time(session: Session, town: Town) -> None:
    ids = [add_household(session, town.who(town.nurse)).id for _ in range(7)]
    pages = list(service.all_households(session, at_once=3))
    assert [key for page in pages for key in page if key in ids] == ids
    assert {len(page) for page in pages[:-1]} == {3}


def test_the_command_exits_with_one_until_it_is_asked_to_repair(
    fresh_database: Database, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUTREACH_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", fresh_database.url)
    with Session(fresh_database.engine) as session:
        household = add_household(session, town.who(town.nurse))
        set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-40))
        change(due_on=day(900))(session, household)
        session.commit()
        number = household.number

    def verify(*words: str) -> tuple[int, str]:
        answer = CliRunner().invoke(main, ["follow-ups", "verify", *words])
        return answer.exit_code, answer.output

    code, said = verify()
    assert code == 1
    assert f"{number}: term" in said
    code, said = verify("--repair")
    assert code == 0
    assert "(repaired)" in said
    code, said = verify()
    assert code == 0
    assert said.endswith(", 0 untrue\n")
