"""안전사고: told once in two taps, the supervisor hears at once, made whole without writing over anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import new_id
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.households.models import Household
from app.safety import queries, service
from app.safety.models import Incident
from app.safety.rules import Called, IncidentAccount, IncidentKind, IncidentReport
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.households import add_household
from tests.factories.town import Town, find_town
from tests.moments import NOW

SignIn = Callable[[Role | Account], Browser]


def report(**changes: Any) -> IncidentReport:
    plain = {"incident_id": new_id(), "kind": IncidentKind.VERBAL, "occurred_at": NOW}
    return IncidentReport(**{**plain, **changes})


def account(**changes: Any) -> IncidentAccount:
    plain = {
        "kind": IncidentKind.VERBAL, "occurred_at": NOW, "is_hurt": False, "called": (), "what": "욕을 함",
        "measures": "면담",
    }  # fmt: skip
    return IncidentAccount(**{**plain, **changes})


@pytest.fixture
def incident(session: Session, town: Town, household: Household, now: datetime) -> Incident:
    return service.report_incident(session, report(), household, actor=town.who(town.nurse), now=now)


def told(session: Session) -> list[Alert]:
    return list(session.scalars(select(Alert).where(Alert.kind == AlertKind.INCIDENT)))


def test_the_supervisor_hears_at_once_and_once_but_not_what_it_was(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    sent = report(kind=IncidentKind.SEXUAL, is_hurt=True, what="뒤에서 껴안음")
    first = service.report_incident(session, sent, household, actor=town.who(town.nurse), now=now)
    assert service.report_incident(session, sent, household, actor=town.who(town.nurse), now=now) is first
    [alert] = told(session)
    assert (alert.recipient_id, alert.household_id) == (town.supervisor.id, household.id)
    assert "다쳤다" in alert.text
    assert "성적" not in alert.text, "an inbox is read over shoulders"
    assert "껴안음" not in alert.text
    details = session.scalars(select(AccessLog.detail).where(AccessLog.action == Action.INCIDENT)).all()
    assert details == ["보고"]


def test_sent_twice_at_once_it_is_kept_once(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session:
        household_id = add_household(session, find_town(session).who(find_town(session).worker)).id
        session.commit()
    sent = report()

    def send(_number: int) -> UUID:
        with Session(fresh_database.engine) as session:
            household = session.get_one(Household, household_id)
            nurse = find_town(session)
            sent_id = service.report_incident(session, sent, household, actor=nurse.who(nurse.nurse), now=NOW).id
            session.commit()
            return sent_id

    assert set(all_at_once(send)) == {sent.incident_id}
    with Session(fresh_database.engine) as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 1
        assert len(told(session)) == 1


def test_somebody_elses_number_is_not_taken(session: Session, town: Town, incident: Incident, now: datetime) -> None:
    with pytest.raises(RuleBroken, match="ID_TAKEN"):
        service.report_incident(session, report(incident_id=incident.id), None, actor=town.who(town.worker), now=now)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"occurred_at": NOW + timedelta(hours=1)}, "FUTURE_TIME"), ({"account_id": 0}, "NOT_A_COLLEAGUE")],
)
def test_what_cannot_be_is_refused(
    session: Session, town: Town, household: Household, now: datetime, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        service.report_incident(session, report(**changes), household, actor=town.who(town.nurse), now=now)
    assert told(session) == []


def test_it_happened_to_nobody_of_another_centre(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    with pytest.raises(RuleBroken, match="NOT_A_COLLEAGUE"):
        service.report_incident(
            session, report(account_id=town.narae_worker.id), household, actor=town.who(town.worker), now=now
        )
    kept = service.report_incident(
        session, report(account_id=town.worker.id), household, actor=town.who(town.supervisor), now=now
    )
    assert (kept.account_id, kept.reported_by_id) == (town.worker.id, town.supervisor.id)
    assert told(session) == [], "who reports it knows already"


def test_it_is_whole_with_what_happened_and_what_was_done(
    session: Session, town: Town, incident: Incident, now: datetime
) -> None:
    actor = town.who(town.nurse)
    service.complete_incident(session, incident, account(measures=" "), version=1, actor=actor, now=now)
    assert incident.completed_at is None
    service.complete_incident(session, incident, account(called=(Called.POLICE,)), version=2, actor=actor, now=now)
    assert (incident.completed_at, incident.called, incident.version) == (now, ["112"], 3)


def test_what_was_written_before_stays_with_who_changed_it(
    session: Session, town: Town, incident: Incident, now: datetime
) -> None:
    nurse, lead = town.who(town.nurse), town.who(town.supervisor)
    first, second = account(what="욕을 함", measures=""), account(what="문을 막고 욕을 함", is_hurt=True)
    service.complete_incident(session, incident, first, version=1, actor=nurse, now=now)
    service.complete_incident(session, incident, second, version=2, actor=lead, now=now + timedelta(hours=1))
    service.complete_incident(session, incident, second, version=3, actor=nurse, now=now + timedelta(hours=2))
    kept = [(each.number, each.told.what, each.told.is_hurt, each.by.id) for each in incident.versions]
    assert kept == [(1, "", False, town.nurse.id), (2, "욕을 함", False, town.supervisor.id)]
    assert incident.told == second
    assert incident.versions[-1].told == first


def test_two_people_at_once_write_over_nobody(session: Session, town: Town, incident: Incident, now: datetime) -> None:
    service.complete_incident(
        session, incident, account(what="문을 걷어참"), version=1, actor=town.who(town.nurse), now=now
    )
    with pytest.raises(StaleRecord):
        service.complete_incident(
            session, incident, account(what="다른 글"), version=1, actor=town.who(town.supervisor), now=now
        )
    assert incident.what == "문을 걷어참"


def test_ones_own_and_the_supervisors_and_nobody_elses(session: Session, town: Town, incident: Incident) -> None:
    for login in ("nurse", "supervisor", "district_officer"):
        assert queries.get_incident(session, town.who(town.accounts[login]), incident.id) is incident, login
    for login in ("worker", "other_nurse", "narae_supervisor", "far_supervisor", "privacy_officer", "administrator"):
        with pytest.raises(NotFound):
            queries.get_incident(session, town.who(town.accounts[login]), incident.id)


def test_what_is_to_be_completed_comes_first(session: Session, town: Town, household: Household, now: datetime) -> None:
    actor = town.who(town.nurse)
    for days in (5, 3, 1):
        at = now - timedelta(days=days)
        service.report_incident(session, report(occurred_at=at), household, actor=actor, now=now)
    newest = queries.list_own_incidents(session, actor)[0]
    service.complete_incident(session, newest, account(occurred_at=newest.occurred_at), version=1, actor=actor, now=now)
    listed = queries.list_own_incidents(session, actor)
    assert [each.completed_at is None for each in listed] == [True, True, False]
    assert listed[0].occurred_at > listed[1].occurred_at
    assert queries.count_own_open(session, actor) == 2


def test_from_the_visit_and_back_in_two_taps(
    session: Session, town: Town, sign_in_as: SignIn, household: Household
) -> None:
    nurse = sign_in_as(Role.NURSE)
    back = f"/households/{household.id}/visits/new"
    door = next(link for link in nurse.get(back).links() if "/incidents/new" in link)
    form = nurse.get(door).form("/incidents/new")
    nurse.submit(form, kind="", status=422)
    answer = nurse.submit(form, kind="WEAPON")
    assert answer.headers["Location"] == back
    [kept] = session.scalars(select(Incident))
    assert (kept.kind, kept.occurred_at, kept.household_id) == (IncidentKind.WEAPON, NOW, household.id)
    assert nurse.submit(form, kind="WEAPON").headers["Location"] == back, "sent twice is once"
    assert session.scalars(select(Incident)).all() == [kept]
    assert "안전사고 흉기" in nurse.get(f"/households/{household.id}").text
    assert "안전사고 흉기" not in sign_in_as(town.worker).get(f"/households/{household.id}").text


def test_a_way_back_leads_nowhere_else(sign_in_as: SignIn, household: Household) -> None:
    nurse = sign_in_as(Role.NURSE)
    form = nurse.get(f"/households/{household.id}/incidents/new?next=https://example.org/").form("/incidents/new")
    answer = nurse.submit(form, kind="VERBAL", next="//example.org/")
    assert answer.headers["Location"].startswith("/incidents/")


def test_the_supervisor_looks_at_the_flags_again(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, incident: Incident, now: datetime
) -> None:
    supervisor = sign_in_as(Role.SUPERVISOR)
    assert "안전 표시 다시 보기" in supervisor.get(f"/households/{household.id}").text
    assert "안전 표시 다시 보기" in supervisor.get("/incidents/centre?open=1").text
    form = supervisor.get(f"/incidents/{incident.id}").form("/flags-reviewed")
    for login, status in (("worker", 404), ("nurse", 403), ("district_officer", 403)):
        browser = sign_in_as(town.accounts[login])
        browser.get("/today")
        browser.post(f"/incidents/{incident.id}/flags-reviewed", status=status)
    supervisor.submit(form)
    session.refresh(incident)
    assert (incident.flags_reviewed_at, incident.flags_reviewed_by_id) == (now, town.supervisor.id)
    assert "안전 표시 다시 보기" not in supervisor.get(f"/households/{household.id}").text


def test_what_somebody_else_saved_is_shown_beside_what_one_typed(
    session: Session, town: Town, sign_in_as: SignIn, incident: Incident, now: datetime
) -> None:
    nurse = sign_in_as(town.nurse)
    form = nurse.get(f"/incidents/{incident.id}").form(f"/incidents/{incident.id}")
    service.complete_incident(
        session, incident, account(what="팀장이 적음"), version=1, actor=town.who(town.supervisor), now=now
    )
    answer = nurse.submit(form, what="내가 적음", status=422)
    assert "팀장이 적음" in answer.text
    assert "내가 적음" in answer.text
    nurse.submit(nurse.page.form(f"/incidents/{incident.id}"), what="둘 다 적음")  # type: ignore[union-attr]
    session.refresh(incident)
    assert incident.what == "둘 다 적음"
    before = nurse.get(f"/incidents/{incident.id}").text.split("고치기 전의 글")[1]
    assert "팀장이 적음" in before


def test_every_number_of_the_count_opens_its_rows(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: datetime
) -> None:
    actor = town.who(town.nurse)
    for days, kind in (
        (1, IncidentKind.VERBAL),
        (40, IncidentKind.VERBAL),
        (41, IncidentKind.ANIMAL),
        (400, IncidentKind.ANIMAL),
    ):
        service.report_incident(
            session, report(kind=kind, occurred_at=now - timedelta(days=days)), household, actor=actor, now=now
        )
    for login in ("supervisor", "district_officer"):
        browser = sign_in_as(town.accounts[login])
        numbers = [link for link in browser.get("/incidents/counts").links() if "/incidents/centre?" in link]
        assert len(numbers) >= 8
        for link in numbers:
            label = browser.get(link).text
            assert "건" in label
        assert "3건, 다친 일 0건" in browser.get("/incidents/counts").text
        assert "· 2건" in browser.get("/incidents/centre?kind=VERBAL&year=2026").text
        assert "· 1건" in browser.get("/incidents/centre?kind=VERBAL&month=2026-11").text
    assert "0건" in sign_in_as(town.narae_supervisor).get("/incidents/centre").text


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=%EA%B0%80", "year=9", "kind=NONSENSE", "centre_id=999999", "year=abc"]
)
def test_an_address_that_means_nothing_shows_everything(
    sign_in_as: SignIn, household: Household, incident: Incident, query: str
) -> None:
    supervisor = sign_in_as(Role.SUPERVISOR)
    assert household.number in supervisor.get(f"/incidents/centre?{query}").text
    supervisor.get(f"/incidents/counts?{query}")
