"""Drafts: what is being typed is kept, is nobody else's, and two screens do not write over each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from app.core.database import new_id
from app.core.errors import RuleBroken, StaleRecord
from app.households.models import Household
from app.visits import jobs, queries, service
from app.visits.models import VisitDraft
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.factories.visits import absence_details, visit_details


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse))


def save(
    session: Session, town: Town, household: Household, draft_id: UUID, now: datetime, *, version: int = 0,
    login: str = "nurse", note: str = "혈압약", form: str = "visit",
) -> VisitDraft:  # fmt: skip
    return service.save_draft(
        session, household, draft_id, form=form, body={"welfare_note": note}, version=version,
        actor=town.who(town.accounts[login]), now=now,
    )  # fmt: skip


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(VisitDraft)) or 0


def test_each_save_keeps_the_newest_text_and_counts_up(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    draft_id, later = new_id(), now + timedelta(minutes=3)
    assert save(session, town, household, draft_id, now).version == 1
    draft = save(session, town, household, draft_id, later, version=1, note="혈압약 먹음")
    session.expire_all()
    assert (draft.version, draft.body, draft.started_at, draft.saved_at) == (
        2, {"welfare_note": "혈압약 먹음"}, now, later,
    )  # fmt: skip


def test_another_screen_that_saved_first_is_not_written_over(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    draft_id = new_id()
    save(session, town, household, draft_id, now)
    save(session, town, household, draft_id, now, version=1, note="첫째 화면")
    with pytest.raises(StaleRecord):
        save(session, town, household, draft_id, now, version=1, note="둘째 화면")
    assert queries.find_draft(session, town.who(town.nurse), draft_id).body == {"welfare_note": "첫째 화면"}  # type: ignore[union-attr]


def test_a_draft_is_its_authors_alone(session: Session, town: Town, household: Household, now: datetime) -> None:
    draft_id = new_id()
    save(session, town, household, draft_id, now)
    for login in ("other_nurse", "supervisor", "narae_nurse"):
        who = town.who(town.accounts[login])
        assert queries.find_draft(session, who, draft_id) is None
        assert queries.find_open_draft(session, who, household.id, "visit") is None
        assert queries.list_drafts(session, who) == []


def test_an_id_that_is_somebody_elses_draft_is_refused_and_tells_nothing(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    draft_id = new_id()
    save(session, town, household, draft_id, now, note="남의 글")
    with pytest.raises(RuleBroken) as refused:
        save(session, town, household, draft_id, now, login="other_nurse", note="내 글")
    assert "남의 글" not in refused.value.text
    assert session.get_one(VisitDraft, draft_id).body == {"welfare_note": "남의 글"}


def test_a_draft_stays_with_the_household_it_was_begun_for(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    other, draft_id = add_household(session, town.who(town.nurse)), new_id()
    save(session, town, household, draft_id, now)
    with pytest.raises(RuleBroken):
        save(session, town, other, draft_id, now, version=1)
    assert session.get_one(VisitDraft, draft_id).household_id == household.id


@pytest.mark.parametrize("form", ["visit", "absence"])
def test_submitting_takes_the_draft_away(
    session: Session, town: Town, household: Household, now: datetime, form: str
) -> None:
    draft_id, actor = new_id(), town.who(town.nurse)
    save(session, town, household, draft_id, now, form=form)
    if form == "visit":
        details = visit_details(household, visit_id=draft_id)
        service.log_visit(session, household, details, typed_at=now, actor=actor, now=now)
    else:
        absence = absence_details(household, visit_id=draft_id)
        service.log_absence(session, household, absence, typed_at=now, actor=actor, now=now)
    assert count(session) == 0


def test_an_autosave_that_arrives_after_the_submission_leaves_no_draft_behind(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    draft_id = new_id()
    save(session, town, household, draft_id, now)
    details = visit_details(household, visit_id=draft_id)
    service.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)
    with pytest.raises(RuleBroken):
        save(session, town, household, draft_id, now, version=1, note="늦은 저장")
    assert count(session) == 0


def test_ones_drafts_are_listed_newest_first_of_households_one_still_sees(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    other = add_household(session, town.who(town.nurse))
    first, second = new_id(), new_id()
    save(session, town, household, first, now)
    save(session, town, other, second, now + timedelta(minutes=1), form="absence")
    who = town.who(town.nurse)
    assert [draft.id for draft in queries.list_drafts(session, who)] == [second, first]
    assert queries.find_open_draft(session, who, household.id, "visit").id == first  # type: ignore[union-attr]
    assert queries.find_open_draft(session, who, household.id, "absence") is None
    town.nurse.centre_id = town.narae.id
    session.flush()
    assert queries.list_drafts(session, town.who(town.nurse)) == []


def test_drafts_nobody_touched_for_a_month_are_forgotten(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    save(session, town, household, new_id(), now - timedelta(days=30, seconds=1))
    young = save(session, town, household, new_id(), now - timedelta(days=29)).id
    assert jobs.forget_drafts(session, now) == 1
    assert session.scalars(select(VisitDraft.id)).all() == [young]


def test_a_draft_is_thrown_away_when_its_author_says_so(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    draft: Any = save(session, town, household, new_id(), now)
    service.discard_draft(session, draft)
    assert count(session) == 0
