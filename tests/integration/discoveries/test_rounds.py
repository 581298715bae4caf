"""Rounds: opened, changed, filled from several centres, and linked to those before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Centre
from app.core.errors import NotFound, RuleBroken
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, ImportedList, Round
from app.discoveries.queries.rounds import list_earlier_rounds, list_open_rounds, list_rounds, with_numbers
from app.discoveries.rules import ItemOutcome, Route
from app.discoveries.service import RoundDetails
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.integration.discoveries.files import a_list, person
from tests.integration.discoveries.working import closed
from tests.moments import NOW, TODAY, day

Enter = Callable[..., Browser]
SIXTH = RoundDetails(Route.SYS_CENTRAL, "2026년 6차", TODAY)


def opened(session: Session, who: Identity, title: str = "2026년 6차", opens_on: date = TODAY, **more: object) -> Round:
    details = RoundDetails(Route(more.pop("source", Route.SYS_CENTRAL)), title, opens_on, **more)  # type: ignore[arg-type]
    return service.open_round(session, details, actor=who, now=NOW)


def send(
    session: Session, who: Identity, of_round: Round | None, *rows: tuple[str, ...], now: object = NOW
) -> ImportedList:
    return service.import_list(session, a_list(*rows), of_round=of_round, actor=who, now=now)  # type: ignore[arg-type]


def test_a_round_closes_on_the_friday_of_its_eighth_week(session: Session, officer: Identity) -> None:
    made = opened(session, officer)
    assert (made.opens_on, made.closes_on) == (TODAY, TODAY + timedelta(53))


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (RoundDetails(Route.SYS_CENTRAL, "  ", TODAY), "TITLE_NEEDED"),
        (RoundDetails(Route.SYS_CENTRAL, "7차", TODAY, day(-1)), "WINDOW"),
        (RoundDetails(Route.SYS_CENTRAL, "7차", TODAY, day(400)), "WINDOW"),
        (RoundDetails(Route.SYS_CENTRAL, "7차", date.max), "DISTANT_DAY"),
        (RoundDetails(Route.SYS_CENTRAL, "7차", date.max, date.max), "DISTANT_DAY"),
        (SIXTH, "ROUND_EXISTS"),
    ],
)
def test_a_round_that_does_not_fit_is_refused(
    session: Session, officer: Identity, details: RoundDetails, code: str
) -> None:
    opened(session, officer)
    with pytest.raises(RuleBroken) as refused:
        service.open_round(session, details, actor=officer, now=NOW)
    assert refused.value.code == code


def test_its_source_stays_once_a_list_has_come_in_and_two_changes_at_once_are_told(
    session: Session, officer: Identity, worker: Identity
) -> None:
    made = opened(session, officer)
    changed = RoundDetails(Route.SYS_LOCAL, "지자체 6차", TODAY)
    service.change_round(session, made, changed, version=1, actor=officer, now=NOW)
    assert (made.source, made.title, made.version) == (Route.SYS_LOCAL, "지자체 6차", 2)
    with pytest.raises(RuleBroken, match="CONFLICT"):
        service.change_round(session, made, SIXTH, version=1, actor=officer, now=NOW)
    send(session, worker, made, person())
    with pytest.raises(RuleBroken, match="ROUND_IN_USE"):
        service.change_round(session, made, SIXTH, version=2, actor=officer, now=NOW)


def test_lists_of_several_centres_are_in_one_round_and_its_items_know_it(
    session: Session, officer: Identity, worker: Identity, narae_worker: Identity, dasom: Centre
) -> None:
    made = opened(session, officer, source=Route.SYS_LOCAL)
    send(session, worker, made, person("가온"))
    send(session, narae_worker, made, person("나온", dong="나래동", phone="", road="한빛구 강변로 1"))
    items = session.scalars(select(DiscoveryItem).order_by(DiscoveryItem.id)).all()
    assert {(item.round_id, item.source) for item in items} == {(made.id, Route.SYS_LOCAL)}
    closed(session, items[0], ItemOutcome.NO_NEED, worker)
    [line] = with_numbers(session, officer, [made])
    assert (line.list_count, line.assigned, line.left, line.done) == (2, 2, 1, 1)
    [own] = with_numbers(session, narae_worker, [made])
    assert (own.assigned, own.left) == (1, 1)


def test_the_same_file_in_another_round_changes_nothing(session: Session, officer: Identity, worker: Identity) -> None:
    first, second = opened(session, officer), opened(session, officer, "지자체", source=Route.SYS_LOCAL)
    imported = send(session, worker, first, person())
    again = send(session, worker, second, person())
    assert (again.id, again.is_repeated, again.round_id) == (imported.id, True, first.id)
    assert len(session.scalars(select(DiscoveryItem)).all()) == 1


def test_whoever_stands_unchanged_on_the_list_of_the_next_round_is_to_be_found_again(
    session: Session, officer: Identity, worker: Identity
) -> None:
    fifth, sixth = opened(session, officer, "5차", day(-60)), opened(session, officer)
    send(session, worker, fifth, person(), now=NOW - timedelta(days=40))
    later = send(session, worker, sixth, person(), person("박새봄", phone="", road="한빛구 강변로 2"))
    items = session.scalars(select(DiscoveryItem).where(DiscoveryItem.round_id == sixth.id)).all()
    assert len(items) == later.row_count == 2


def test_the_same_row_twice_in_one_round_is_one_item(session: Session, officer: Identity, worker: Identity) -> None:
    made = opened(session, officer)
    send(session, worker, made, person())
    send(session, worker, made, person(), person("박새봄", phone="", road="한빛구 강변로 2"))
    assert len(session.scalars(select(DiscoveryItem)).all()) == 2


def test_the_round_of_another_district_is_nobodys(session: Session, town: Town, worker: Identity) -> None:
    elsewhere = Round(
        district_id=town.far_supervisor.district_id,
        source=Route.SYS_CENTRAL,
        title="x",
        opens_on=TODAY,
        closes_on=TODAY,
        at=NOW,
    )
    session.add(elsewhere)
    session.flush()
    with pytest.raises(NotFound):
        send(session, worker, elsewhere, person())
    assert list_rounds(session, worker) == []


def test_rounds_are_found_by_their_days(session: Session, officer: Identity) -> None:
    over, now, later = (opened(session, officer, f"{at}차", day(at)) for at in (-120, -7, 30))
    local = opened(session, officer, "지자체", day(-10), source=Route.SYS_LOCAL)
    assert [each.id for each in list_open_rounds(session, officer, today=TODAY)] == [later.id, now.id, local.id]
    assert [line.round.id for line in list_rounds(session, officer, limit=2)] == [later.id, now.id, local.id]
    after = (now.opens_on, now.id)
    assert [line.round.id for line in list_rounds(session, officer, after=after)] == [local.id, over.id]
    assert [line.round.id for line in list_earlier_rounds(session, officer, later)] == [now.id, over.id]


def test_a_supervisor_opens_a_round_takes_a_list_into_it_and_sees_how_far_it_is(
    sign_in_as: Enter, session: Session, worker: Identity
) -> None:
    browser = sign_in_as(Role.SUPERVISOR)
    form = browser.get("/discoveries/rounds/new").form("/new")
    browser.submit(form, title="", status=422)
    answer = browser.submit(form, title="2026년 6차")
    made = session.scalars(select(Round)).one()
    assert answer.headers["Location"] == f"/discoveries/rounds/{made.id}"
    send(session, worker, made, person())
    page = browser.get(f"/discoveries/rounds/{made.id}")
    assert page.heading == "2026년 6차"
    assert "53일 남음" in page.text
    assert f"/discoveries/rounds/{made.id}/figures" in page.html
    assert "명단 1개" in browser.get("/discoveries/rounds").text


def test_a_round_that_another_changed_meanwhile_shows_both(
    sign_in_as: Enter, session: Session, officer: Identity
) -> None:
    made = opened(session, officer)
    browser = sign_in_as(Role.DISTRICT)
    form = browser.get(f"/discoveries/rounds/{made.id}/edit").form("/edit")
    service.change_round(
        session, made, RoundDetails(Route.SYS_CENTRAL, "그사이", TODAY), version=1, actor=officer, now=NOW
    )
    browser.submit(form, title="내가 적은 것", status=422)
    assert browser.page is not None
    assert "그사이" in browser.page.text
    again = browser.page.form("/edit")
    assert again.fields["title"] == "내가 적은 것"
    browser.submit(again)
    session.refresh(made)
    assert made.title == "내가 적은 것"


def test_a_worker_sees_rounds_and_opens_none(sign_in_as: Enter, session: Session, officer: Identity) -> None:
    made = opened(session, officer)
    browser = sign_in_as(Role.WORKER)
    assert "/discoveries/rounds/new" not in browser.get("/discoveries/rounds").html
    browser.get("/discoveries/rounds/new", status=403)
    browser.get(f"/discoveries/rounds/{made.id}/edit", status=403)
    browser.get("/discoveries/rounds/999999", status=404)
