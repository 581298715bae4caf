"""Accounts are kept by the administrator, each change is a grant on record, and scope follows role and centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from app.access.permissions import Role
from app.accounts import queries, service
from app.accounts.rules import AccountDetails
from app.audit.rules import Action
from app.core.errors import NotFound, RuleBroken
from sqlalchemy.orm import Session
from tests.factories.access_log import list_entries
from tests.factories.town import PASSWORD, Town

NEWCOMER = AccountDetails("newcomer", "새봄이", Role.WORKER, None, "010-1234-5678")


def create(session: Session, town: Town, now: datetime, password: str | None = None, **changes: object) -> object:
    details = replace(NEWCOMER, **{"centre_id": town.garam.id, **changes})  # type: ignore[arg-type]
    return service.create_account(
        session,
        details,
        district_id=town.garam.district_id,
        password=password,
        actor=town.who(town.administrator),
        now=now,
    )


def test_a_new_account_gets_a_password_of_its_own_that_must_be_changed(
    session: Session, town: Town, now: datetime
) -> None:
    account, password = create(session, town, now)  # type: ignore[misc]
    assert len(password) >= 15
    assert account.must_change_password
    assert isinstance(service.sign_in(session, "newcomer", password, origin=town.who(town.nurse).origin, now=now), str)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"login": "nurse"}, "LOGIN_TAKEN"),
        ({"role": Role.NURSE, "centre_id": None}, "CENTRE_NEEDED"),
        ({"password": "12345678901234567"}, "WEAK_PASSWORD"),
    ],
)
def test_an_account_is_refused(
    session: Session, town: Town, now: datetime, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        create(session, town, now, **changes)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert queries.find_account_by_login(session, "newcomer") is None


def test_people_of_the_district_belong_to_no_centre(session: Session, town: Town, now: datetime) -> None:
    account, _password = create(session, town, now, role=Role.DISTRICT)  # type: ignore[misc]
    assert account.centre_id is None


@pytest.mark.parametrize(
    ("login", "centres"),
    [
        ("nurse", {"가람동"}),
        ("narae_worker", {"나래동"}),
        ("supervisor", {"가람동"}),
        ("district_officer", {"가람동", "나래동"}),
        ("privacy_officer", {"가람동", "나래동"}),
        ("administrator", set()),
        ("far_supervisor", {"하늘동"}),
        ("far_privacy_officer", {"하늘동"}),
    ],
)
def test_scope_is_the_own_centre_or_the_own_district(
    session: Session, town: Town, login: str, centres: set[str]
) -> None:
    who = town.who(town.accounts[login])
    assert who.centre_ids == {town.centres[dong].id for dong in centres}
    assert {centre.dong for centre in queries.list_centres(session, who)} == centres


def test_nobody_shuts_himself_out(session: Session, town: Town, now: datetime) -> None:
    actor, own = town.who(town.administrator), town.administrator
    with pytest.raises(RuleBroken, match="SELF_DISABLE"):
        service.disable(session, own, actor=actor, now=now)
    with pytest.raises(RuleBroken, match="SELF_ROLE"):
        service.change_role(session, own, Role.NURSE, centre_id=town.garam.id, actor=actor, now=now)
    assert (own.role, own.disabled_at) == (Role.ADMIN, None)


def test_a_centre_role_needs_a_centre_when_it_changes_too(session: Session, town: Town, now: datetime) -> None:
    with pytest.raises(RuleBroken, match="CENTRE_NEEDED"):
        service.change_role(
            session, town.district_officer, Role.NURSE, centre_id=None, actor=town.who(town.administrator), now=now
        )


def test_somebody_who_moves_to_the_district_leaves_the_centre(session: Session, town: Town, now: datetime) -> None:
    service.change_role(
        session, town.nurse, Role.DISTRICT, centre_id=town.garam.id, actor=town.who(town.administrator), now=now
    )
    assert town.nurse.centre_id is None
    assert town.who(town.nurse).centre_ids == {town.garam.id, town.narae.id}


def test_every_grant_is_on_record_without_a_name_or_a_password(session: Session, town: Town, now: datetime) -> None:
    administrator = town.who(town.administrator)
    account, password = create(session, town, now)  # type: ignore[misc]
    service.change_role(session, account, Role.NURSE, centre_id=town.narae.id, actor=administrator, now=now)
    service.disable(session, account, actor=administrator, now=now)
    service.enable(session, account, actor=administrator, now=now)
    rows = list_entries(session, actor_ids=frozenset({town.administrator.id}))
    assert [row.detail for row in reversed(rows)] == ["만듦 WORKER", "WORKER → NURSE", "사용 중지", "사용 재개"]
    assert {(row.action, row.subject) for row in rows} == {(Action.ACCOUNT, f"account:{account.id}")}
    assert not any(text in row.detail for row in rows for text in (password, "새봄이", PASSWORD))


def test_an_account_that_does_not_exist_is_not_found(session: Session, town: Town) -> None:
    with pytest.raises(NotFound):
        queries.get_account(session, 999_999)


def test_colleagues_are_those_who_work_there_now(session: Session, town: Town, now: datetime) -> None:
    service.disable(session, town.other_nurse, actor=town.who(town.administrator), now=now)
    names = [account.login for account in queries.list_colleagues(session, frozenset({town.garam.id}), Role.NURSE)]
    assert names == ["nurse"]
    assert queries.supervisor_ids(session, town.garam.id) == [town.supervisor.id]


@pytest.mark.parametrize("name", ["가람동", "가람동 행정복지센터", "가람", "{id}"])
def test_a_centre_is_found_by_what_people_type(session: Session, town: Town, name: str) -> None:
    found = queries.find_centre(session, name.format(id=town.garam.id))
    assert found is town.garam


def test_a_centre_nobody_knows_is_not_found(session: Session, town: Town) -> None:
    assert queries.find_centre(session, "없는동") is None


def test_the_list_of_accounts_is_of_ones_own_district(session: Session, town: Town, now: datetime) -> None:
    service.disable(session, town.nurse, actor=town.who(town.administrator), now=now)
    logins = [account.login for account in queries.list_accounts(session, town.garam.district_id)]
    assert logins[-1] == "nurse"
    assert not any(login.startswith("far") for login in logins)
