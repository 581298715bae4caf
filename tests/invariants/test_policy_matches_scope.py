"""`can()` on one household and `visible_to` in lists are two ways of saying one thing."""

from __future__ import annotations

from app.access.permissions import Permission as P
from app.access.policy import can
from app.households.models import Household
from app.households.queries import visible_to
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.factories.town import Town


def test_who_may_open_a_household_is_who_finds_it_in_lists(session: Session, town: Town) -> None:
    for login in ("worker", "narae_worker", "far_supervisor"):
        for _ in range(2):
            add_household(session, town.who(town.accounts[login]))
    households = session.scalars(select(Household)).all()
    disagreements = []
    for login, account in town.accounts.items():
        who = town.who(account)
        in_lists = (
            set(session.scalars(select(Household.id).where(visible_to(who)))) if can(who, P.LIST_HOUSEHOLDS) else set()
        )
        opened = {household.id for household in households if can(who, P.VIEW_HOUSEHOLD, household)}
        if in_lists != opened:
            disagreements.append(f"{login:20} lists {sorted(in_lists)} opens {sorted(opened)}")
    assert len(households) == 6
    assert not disagreements, "\n".join(disagreements)


def test_whatever_is_done_to_a_household_is_done_by_somebody_who_may_open_it(session: Session, town: Town) -> None:
    acts = (P.EDIT_HOUSEHOLD, P.CLOSE_HOUSEHOLD, P.SET_TERM, P.LOG_VISIT, P.READ_NURSING_NOTE, P.WRITE_NURSING_NOTE)
    for login in ("worker", "narae_worker", "far_supervisor"):
        household = add_household(session, town.who(town.accounts[login]))
        for account in town.accounts.values():
            who = town.who(account)
            for act in (*acts, P.PRINT_CASE_REPORT):
                assert can(who, P.VIEW_HOUSEHOLD, household) or not can(who, act, household), (account.login, act)
