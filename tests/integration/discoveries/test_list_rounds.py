"""A list that came by itself is put into a round later, counts there once, and is taken out as it was put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.core.errors import RuleBroken
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, ImportedList, Round
from app.discoveries.queries.items_figures import count_figures, totalled
from app.discoveries.queries.rounds import with_numbers
from app.discoveries.rules import ItemOutcome, Route
from app.discoveries.rules.items_figures import Figure
from app.discoveries.service import RoundDetails
from app.discoveries.service.list_rounds import list_fitting_rounds, put_into_round, take_out_of_round
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.integration.discoveries.files import a_list, person, row_of, take
from tests.integration.discoveries.working import closed, items_of
from tests.moments import NOW, TODAY, day

Enter = Callable[[Role | Account], Browser]
PEOPLE = (
    person(), person("박영수", born="1939-08-02", sex="남", phone="010-1111-2222", road="한빛구 나래길 9", unit=""),
)  # fmt: skip


@pytest.fixture
def supervisor(town: Town) -> Identity:
    return town.who(town.supervisor)


@pytest.fixture
def of_round(session: Session, officer: Identity) -> Round:
    return opened(session, officer)


@pytest.fixture
def imported(session: Session, worker: Identity) -> ImportedList:
    """Two people of 가람동, in no round."""
    return take(session, worker, *PEOPLE)


def opened(session: Session, who: Identity, title: str = "2026년 6차", **changes: Any) -> Round:
    told = {"source": Route.SYS_CENTRAL, "title": title, "opens_on": TODAY} | changes
    return service.open_round(session, RoundDetails(**told), actor=who, now=NOW)


def counted(session: Session, who: Identity, of_round: Round) -> tuple[int, int, int]:
    """Lists and people of a round, and how many of them are left."""
    [line] = with_numbers(session, who, [of_round])
    figures = totalled(count_figures(session, who, of_round))
    assert figures.numbers[Figure.ASSIGNED] == line.assigned
    return line.list_count, line.assigned, line.left


def states(session: Session) -> list[Any]:
    rows = session.scalars(select(DiscoveryItem).order_by(DiscoveryItem.id))
    return [(each.id, each.round_id, each.score, each.score_lines, each.state, each.version) for each in rows]


def test_the_round_counts_the_people_of_the_list_until_it_is_taken_out(
    session: Session, supervisor: Identity, worker: Identity, of_round: Round, imported: ImportedList
) -> None:
    closed(session, items_of(session)[0], ItemOutcome.NO_NEED, worker)
    before = states(session)
    assert counted(session, supervisor, of_round) == (0, 0, 0)
    assert [put_into_round(session, imported, of_round, actor=supervisor, now=NOW) for _twice in range(2)] == [2, 0]
    assert counted(session, supervisor, of_round) == (1, 2, 1)
    assert [take_out_of_round(session, imported, actor=supervisor, now=NOW) for _twice in range(2)] == [2, 0]
    assert counted(session, supervisor, of_round) == (0, 0, 0)
    assert states(session) == before
    told = session.scalars(select(AccessLog.detail).where(AccessLog.subject == f"list:{imported.id}")).all()
    assert [each for each in told if each.startswith("round:")] == [
        f"round:{of_round.id} in",
        f"round:{of_round.id} out",
    ]


def test_whoever_the_round_knows_is_counted_once(
    session: Session, supervisor: Identity, worker: Identity, of_round: Round, imported: ImportedList
) -> None:
    later = service.import_list(
        session, _file(person(crises="단수", note="둘째")), of_round=of_round, actor=worker, now=NOW
    )
    assert counted(session, supervisor, of_round)[:2] == (1, 1)
    assert put_into_round(session, imported, of_round, actor=supervisor, now=NOW) == 1
    assert counted(session, supervisor, of_round)[:2] == (2, 2)
    assert take_out_of_round(session, imported, actor=supervisor, now=NOW) == 1
    assert counted(session, supervisor, of_round)[:2] == (1, 1)
    assert later.round_id == of_round.id


def _file(*rows: Any) -> bytes:
    return a_list(*rows)


def test_people_decided_later_count_in_the_round_too(
    session: Session, supervisor: Identity, worker: Identity, of_round: Round, imported: ImportedList
) -> None:
    held = take(session, worker, person(phone="010-9999-8888", road="한빛구 햇살로 77", unit=""), title="둘째")
    put_into_round(session, held, of_round, actor=supervisor, now=NOW)
    assert counted(session, supervisor, of_round)[:2] == (1, 0)
    service.as_new(session, row_of(session, held, 2), actor=worker, now=NOW)
    assert counted(session, supervisor, of_round)[:2] == (1, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source": Route.NEIGHBOUR}, "OTHER_SOURCE"),
        ({"opens_on": day(-60), "closes_on": day(-1)}, "ROUND_OVER"),
    ],
)
def test_a_round_that_does_not_fit_is_refused_and_not_offered(
    session: Session,
    supervisor: Identity,
    officer: Identity,
    imported: ImportedList,
    changes: dict[str, Any],
    code: str,
) -> None:
    unfit = opened(session, officer, **changes)
    assert list_fitting_rounds(session, supervisor, imported, today=TODAY) == []
    with pytest.raises(RuleBroken) as refused:
        put_into_round(session, imported, unfit, actor=supervisor, now=NOW)
    assert refused.value.code == code
    assert imported.round_id is None


def test_a_list_in_a_round_still_coming_in_or_of_several_centres_is_refused(
    session: Session, supervisor: Identity, officer: Identity, of_round: Round, imported: ImportedList
) -> None:
    def code(of: ImportedList, to: Round) -> str:
        assert list_fitting_rounds(session, supervisor, of, today=TODAY) == []
        with pytest.raises(RuleBroken) as refused:
            put_into_round(session, of, to, actor=supervisor, now=NOW)
        return refused.value.code

    wide = take(
        session, officer,
        person("최나래", dong="나래동", phone="010-0200-0001", road="한빛구 언덕길 2", unit=""),
        person("한점례", born="1950-05-05", phone="010-0200-0002", road="한빛구 우물길 2", unit=""), title="모두",
    )  # fmt: skip
    assert code(wide, of_round) == "NOT_OURS"
    assert put_into_round(session, wide, of_round, actor=officer, now=NOW) == 2
    with pytest.raises(RuleBroken):
        take_out_of_round(session, wide, actor=supervisor, now=NOW)
    imported.rows_left = 1
    session.flush()
    assert code(imported, of_round) == "COMING_IN"
    imported.rows_left = 0
    put_into_round(session, imported, of_round, actor=supervisor, now=NOW)
    assert code(imported, opened(session, officer, "다른 차수")) == "IN_ROUND"


def test_a_list_whose_people_another_list_of_the_round_shares_stays(
    session: Session, supervisor: Identity, worker: Identity, of_round: Round, imported: ImportedList
) -> None:
    put_into_round(session, imported, of_round, actor=supervisor, now=NOW)
    service.import_list(session, _file(PEOPLE[0]), of_round=of_round, title="또", actor=worker, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        take_out_of_round(session, imported, actor=supervisor, now=NOW)
    assert refused.value.code == "SHARED"
    assert counted(session, supervisor, of_round)[:2] == (2, 2)


def test_a_round_that_is_over_keeps_its_figures(
    session: Session, supervisor: Identity, of_round: Round, imported: ImportedList
) -> None:
    put_into_round(session, imported, of_round, actor=supervisor, now=NOW)
    of_round.opens_on, of_round.closes_on = day(-60), day(-1)
    session.flush()
    with pytest.raises(RuleBroken) as refused:
        take_out_of_round(session, imported, actor=supervisor, now=NOW)
    assert refused.value.code == "ROUND_OVER"


def test_the_page_of_a_list_offers_it_to_those_who_keep_rounds(
    sign_in_as: Enter, session: Session, of_round: Round, imported: ImportedList, town: Town
) -> None:
    browser, page = sign_in_as(town.supervisor), f"/discoveries/lists/{imported.id}"
    form = browser.get(page).form("/round")
    browser.submit(form, round_id=str(of_round.id))
    assert f"«{of_round.title}»에 넣었습니다. 이 차수에서 세는 사람 2명." in browser.get(page).text
    browser.submit(browser.get(page).form("/round/leave"))
    assert "차수에서 뺐습니다. 더는 세지 않는 사람 2명." in browser.get(page).text
    browser.submit(form, round_id="999999", status=404)


def test_a_worker_is_not_offered_it(sign_in_as: Enter, of_round: Round, imported: ImportedList, town: Town) -> None:
    assert "차수에 넣기" not in sign_in_as(town.worker).get(f"/discoveries/lists/{imported.id}").text
