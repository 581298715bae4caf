"""기준: a 시군구's own crisis codes and weights, from a day on; what was judged before stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.core.errors import RuleBroken
from app.discoveries import queries, service
from app.discoveries.models import CrisisCodeVersion, DiscoveryItem, TriageTable
from app.discoveries.queries.triage import triage_in_force
from app.discoveries.queries.weights import last_weights
from app.discoveries.rules.crisis_versions import CodesChange, CodeWords
from app.discoveries.rules.weights import WeightsChange
from app.discoveries.service.codes import change_crisis_codes
from app.discoveries.service.weights import change_weights, try_weights
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.reference import read_shipped
from tests.factories.town import Town
from tests.integration.discoveries.files import counts_of, person, take
from tests.integration.discoveries.test_pages import page_of
from tests.integration.discoveries.working import items_of
from tests.moments import NOW, TODAY, day

Enter = Callable[..., Browser]
SHIPPED = "2026-11-22"


@pytest.fixture(autouse=True)
def weights(session: Session, crisis_codes: None) -> None:
    service.add_triage_table(session, read_shipped("triage"))


def recoded(
    session: Session, who: Identity, *own: str, on: date = TODAY, drawn_from: str = SHIPPED
) -> CrisisCodeVersion:
    change = CodesChange({"CI_POWER_CUT": CodeWords("전기 끊김")}, own, on, "업무안내", "우리 목록")
    return change_crisis_codes(session, change, drawn_from=drawn_from, actor=who, now=NOW)


def reweighed(session: Session, who: Identity, on: date = TODAY, **points: int) -> TriageTable:
    change = WeightsChange(points, {}, on, "협의체", "조정")
    drawn_from = last_weights(session, who.district_id).version
    return change_weights(session, change, drawn_from=drawn_from, actor=who, now=NOW)


def test_a_list_is_read_by_the_districts_own_codes_and_keeps_their_version(
    session: Session, officer: Identity, worker: Identity, town: Town
) -> None:
    before = take(session, worker, person(crises="전세 사기"))
    assert counts_of(session, worker, before) == {"BAD": 1}
    own = recoded(session, officer, "전세 사기")
    after = take(session, worker, person(crises="전세 사기, 단전"))
    assert counts_of(session, worker, after) == {"NEW": 1}
    assert (before.crisis_codes.version, after.crisis_codes_id) == (SHIPPED, own.id)
    far = town.who(town.far_supervisor).district_id
    assert queries.codes_in_force(session, TODAY, district_id=far).version == SHIPPED


def test_codes_begin_on_their_day(session: Session, officer: Identity) -> None:
    own = recoded(session, officer, on=day(10))
    for on, version in ((day(9), SHIPPED), (day(10), own.version)):
        assert queries.codes_in_force(session, on, district_id=officer.district_id).version == version


@pytest.mark.parametrize(
    ("on", "drawn_from", "code"), [(day(-1), SHIPPED, "PAST_DATE"), (TODAY, "2020-01-01", "CONFLICT")]
)
def test_codes_of_a_day_that_has_passed_or_drawn_from_an_old_version_are_refused(
    session: Session, officer: Identity, on: date, drawn_from: str, code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        recoded(session, officer, on=on, drawn_from=drawn_from)
    assert refused.value.code == code


def test_a_version_does_not_begin_before_the_one_it_was_made_of(session: Session, officer: Identity) -> None:
    waiting = recoded(session, officer, on=day(10))
    with pytest.raises(RuleBroken) as refused:
        recoded(session, officer, on=day(5), drawn_from=waiting.version)
    assert refused.value.code == "BEFORE_LAST"


def test_whoever_is_discovered_later_is_judged_by_the_new_weights_and_scores_that_were_given_stay(
    session: Session, officer: Identity, worker: Identity
) -> None:
    take(session, worker, person())
    [first] = items_of(session)
    given = first.score
    own = reweighed(session, officer, crises_0=40)
    held = triage_in_force(session, officer.district_id, TODAY)
    assert held is not None
    assert held.id == own.id
    take(session, worker, person("박새봄", phone="", road="한빛구 강변로 2"))
    second = items_of(session)[-1]
    assert (first.score, second.triage_id) == (given, own.id)
    assert [40, "단전"] in second.score_lines


def test_points_that_do_not_fit_are_refused(session: Session, officer: Identity) -> None:
    with pytest.raises(RuleBroken) as refused:
        reweighed(session, officer, ages_2=0)
    assert refused.value.code == "WEIGHTS_UNFIT"


def test_weights_are_tried_on_the_queue_and_nothing_is_stored(
    session: Session, officer: Identity, worker: Identity
) -> None:
    take(
        session, worker, person("가온", crises="단전"),
        person("나온", phone="", road="한빛구 강변로 2", crises="금융연체", months="3", born="1990-01-01"),
        person("다온", phone="", road="한빛구 강변로 3", crises="단수", born="1991-01-01"),
    )  # fmt: skip
    first, *_, last = sorted(items_of(session), key=lambda item: -item.score)
    same = try_weights(session, officer, WeightsChange({}, {}, TODAY, "", ""), {})
    assert [(each.place_before, each.place_after) for each in same] == [(1, 1), (2, 2), (3, 3)][: len(same)]
    assert all(each.points_after == each.item.score for each in same)
    code = session.scalars(select(DiscoveryItem).where(DiscoveryItem.id == last.id)).one()
    moved = try_weights(
        session, officer, WeightsChange({"crises_0": 0, "crises_1": 0, "alone": 0}, {}, TODAY, "", ""), {}
    )
    assert {each.item.id: each.points_after for each in moved}[first.id] < first.score
    assert code.score == last.score
    assert len(session.scalars(select(TriageTable)).all()) == 1


def test_the_officer_changes_codes_on_a_page_and_what_was_typed_comes_back(sign_in_as: Enter, session: Session) -> None:
    browser = sign_in_as(Role.DISTRICT)
    shown = browser.get("/discoveries/crisis-codes")
    assert "그림으로만 공개되어" in shown.text
    assert "아직 확인하지 못함" in shown.text
    assert "3개월 이상" in shown.text
    form = browser.get("/discoveries/crisis-codes/new").form("/new")
    browser.submit(form, label_0="전기 끊김", own="전세 사기", status=422)
    again = page_of(browser).form("/new")
    assert (again.fields["label_0"], again.fields["own"]) == ("전기 끊김", "전세 사기")
    browser.submit(again, source="업무안내", why="우리 목록")
    assert "전세 사기" in browser.get("/discoveries/crisis-codes").text
    assert "우리 시군구가 정함" in browser.get("/discoveries/crisis-codes").text


def test_the_officer_tries_weights_and_sets_them(sign_in_as: Enter, session: Session, worker: Identity) -> None:
    take(session, worker, person())
    browser = sign_in_as(Role.DISTRICT)
    assert "자체 기본값" in browser.get("/discoveries/weights").text
    form = browser.get("/discoveries/weights/new").form("/new")
    browser.submit(form, **{"points_crises_0": "33", "try": "1"}, status=200)
    page = page_of(browser)
    assert "적은 점수로 지금 대기열을 다시 매기면" in page.text
    again = page.form("/new")
    assert again.fields["points_crises_0"] == "33"
    browser.submit(again, points_alone="101", source="협의체", why="조정", status=422)
    again = page_of(browser).form("/new")
    browser.submit(again, points_alone="9")
    assert "우리 시군구" in browser.get("/discoveries/weights").text
    assert len(session.scalars(select(TriageTable)).all()) == 2


def test_others_read_the_standards_and_change_none(sign_in_as: Enter) -> None:
    browser = sign_in_as(Role.WORKER)
    for page in ("crisis-codes", "weights"):
        assert f"/discoveries/{page}/new" not in browser.get(f"/discoveries/{page}").html
        browser.get(f"/discoveries/{page}/new", status=403)
