"""Minutes move all the cases they decided about, or none of them; each that cannot be moved says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.cases import queries as case_queries
from app.cases import service as cases
from app.cases.models import Case
from app.cases.rules import ApprovalKind, CaseClass, CaseStage, Verdict
from app.cases.service import ClassDetails, ClosureDetails
from app.conferences import queries, service
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import Attendee, Closing, ConferenceKind, Decision, Matter, State, Waiting, grouped
from app.conferences.service import ConferenceDetails, MinutesRefused
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.plans import queries as plan_queries
from app.plans import service as plans
from app.plans.rules import PlanState
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.cases import brought_to, counsel, open_case
from tests.factories.conferences import conference, confirm, decide, item_about
from tests.factories.households import add_household
from tests.factories.planning import selected_case, signed_plan
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

S, C, D = CaseStage, CaseClass, Decision
NewCase = Callable[..., Case]


@pytest.fixture
def lead(town: Town) -> Any:
    return town.who(town.supervisor)


@pytest.fixture
def case_at(session: Session, worker: Any) -> NewCase:
    """A case of a household of its own, brought to a stage."""

    def made(stage: CaseStage, case_class: CaseClass = C.GENERAL) -> Case:
        return brought_to(session, add_household(session, worker), worker, stage, case_class)

    return made


def codes(session: Session, case: Case) -> set[str]:
    return {term.rule.code for term in case_queries.standing_clocks(session, [case.household_id])
            if term.id in running(session, case)}  # fmt: skip


def running(session: Session, case: Case) -> set[int | None]:
    from app.follow_ups.queries import read_dues

    district_id = case.household.centre.district_id
    dues = read_dues(session, [case.household_id], district_id=district_id, today=TODAY)
    return {due.term_id for due in dues.get(case.household_id, [])}


def test_one_confirmation_selects_links_and_turns_away_and_the_clocks_follow(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    chosen, linked, refused = case_at(S.CONFERENCE), case_at(S.ASSESSMENT), case_at(S.ASSESSMENT)
    assert "CONFERENCE_SELECT" in codes(session, chosen)
    held = conference(session, worker, chosen, linked, refused)
    decide(
        session,
        held,
        worker,
        (D.SELECT_GENERAL, "끼니를 거르심"),
        (D.LINKAGE, "반찬만 필요"),
        (D.NOT_SELECTED, "가족이 도움"),
    )
    confirm(session, held, lead)
    assert [(case.stage, case.case_class) for case in (chosen, linked, refused)] == [
        (S.CLASSIFIED, C.GENERAL), (S.CLASSIFIED, C.LINKAGE), (S.CLASSIFIED, C.NOT_SELECTED),
    ]  # fmt: skip
    assert [step.to_stage for step in linked.steps][-2:] == [S.CONFERENCE, S.CLASSIFIED]
    assert {step.on for step in linked.steps[-2:]} == {TODAY}
    assert "내부사례회의" in chosen.class_reason
    assert "끼니를 거르심" in chosen.class_reason
    assert codes(session, chosen) >= {"PLAN_DUE"}
    assert not {"CONFERENCE_SELECT"} & (codes(session, chosen) | codes(session, linked) | codes(session, refused))
    assert (held.confirmed_by_id, held.confirmed_at) == (lead.account_id, NOW)
    assert all(item.applied_at == NOW for item in held.agenda)


def test_those_who_carry_the_cases_hear_of_it_and_whoever_confirmed_does_not(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    held = conference(session, worker, case_at(S.CONFERENCE))
    decide(session, held, worker, (D.SELECT_COMPLEX, "안전이 걱정됨"))
    confirm(session, held, lead)
    told = session.scalars(select(Alert).where(Alert.kind == AlertKind.CONFERENCE)).all()
    assert {alert.recipient_id for alert in told} == {worker.account_id}
    assert "사례관리(고난도)" in told[0].text
    assert item_about(held, held.agenda[0].case).case.household.title not in told[0].text
    kinds = session.scalars(select(AccessLog.action).where(AccessLog.subject == f"conference:{held.id}")).all()
    assert Action.CONFERENCE in kinds


def test_a_case_that_moved_meanwhile_is_refused_by_its_item_and_nothing_else_moves(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    first, second = case_at(S.CONFERENCE), case_at(S.CONFERENCE)
    held = conference(session, worker, first, second)
    decide(session, held, worker, (D.SELECT_GENERAL, "까닭"), (D.NOT_SELECTED, "까닭"))
    cases.classify(session, second, ClassDetails(C.COMPLEX, TODAY, "급함"), actor=worker, now=NOW)
    with pytest.raises(MinutesRefused) as refused:
        confirm(session, held, lead)
    assert set(refused.value.by_item) == {item_about(held, second).id}
    assert "구분·선정" in refused.value.by_item[item_about(held, second).id]
    assert (first.stage, held.confirmed_at) == (S.CONFERENCE, None)
    assert (second.stage, second.case_class) == (S.CLASSIFIED, C.COMPLEX)


def test_what_the_services_refuse_undoes_the_items_before_it(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    first, without_plan, unclosed = case_at(S.CONFERENCE), case_at(S.SERVICE), case_at(S.SERVICE)
    held = conference(session, worker, first, without_plan, unclosed)
    decide(
        session,
        held,
        worker,
        (D.SELECT_GENERAL, "까닭"),
        (D.PLAN_APPROVE, ""),
        (D.CLOSE, ""),
        closing=Closing("NO_SUCH"),
    )
    with pytest.raises(MinutesRefused) as refused:
        confirm(session, held, lead)
    by_item = refused.value.by_item
    assert "승인을 기다리는 계획이 없습니다" in by_item[item_about(held, without_plan).id]
    assert "종결 사유" in by_item[item_about(held, unclosed).id]
    session.expire_all()
    assert (first.stage, first.case_class) == (S.CONFERENCE, None)
    assert held.confirmed_at is None
    assert all(item.applied_at is None for item in held.agenda)
    assert not session.scalars(select(Alert).where(Alert.kind == AlertKind.CONFERENCE)).all()


def test_a_closure_without_a_reason_is_named_before_anything_is_tried(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    unclosed, asked = case_at(S.SERVICE), case_at(S.SERVICE)
    cases.ask_closure(session, asked, ClosureDetails("CLOSE_MOVED", day(0)), actor=worker, now=NOW)
    held = conference(session, worker, unclosed, asked)
    decide(session, held, worker, (D.CLOSE, ""), (D.CLOSE, ""))
    gaps = service.gaps_now(session, held, now=NOW)
    assert gaps.items == {item_about(held, unclosed).id: "종결 사유를 골라 주세요."}
    with pytest.raises(MinutesRefused):
        confirm(session, held, lead)
    assert asked.stage is S.SERVICE


def test_a_plan_that_waits_is_approved_and_one_to_be_changed_goes_back_with_the_words(
    session: Session, worker: Any, lead: Any
) -> None:
    asked, returned, unasked = (selected_case(session, add_household(session, worker), worker) for _ in range(3))
    versions = [signed_plan(session, case, worker) for case in (asked, returned, unasked)]
    for plan in versions[:2]:
        plans.ask_for_approval(session, plan, version=plan.version, actor=worker, now=NOW)
    held = conference(session, worker, asked, returned, unasked)
    assert [item.matter for item in held.agenda] == [Matter.PLAN, Matter.PLAN, Matter.REVIEW]
    decide(
        session, held, worker, (D.PLAN_APPROVE, ""), (D.PLAN_CHANGE, "방문을 늘릴 것"), (D.PLAN_APPROVE, "바로 시작")
    )
    confirm(session, held, lead)
    assert [case.stage for case in (asked, returned, unasked)] == [S.SERVICE, S.PLAN, S.SERVICE]
    assert plan_queries.current_plan(session, unasked.id) is versions[2]
    assert versions[1].state is PlanState.DRAFT
    assert "방문을 늘릴 것" in returned.approvals[-1].words


def test_a_closure_is_decided_by_its_request_or_by_what_the_minutes_say(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    asked, typed = case_at(S.SERVICE), case_at(S.SERVICE)
    cases.ask_closure(session, asked, ClosureDetails("CLOSE_MOVED", day(0)), actor=worker, now=NOW)
    held = conference(session, worker, asked, typed)
    reason = next(
        each for each in case_queries.closure_reasons(session, worker.district_id, on=TODAY).offered if each.has_aftercare
    )  # fmt: skip
    decide(
        session, held, worker, (D.CLOSE, ""), (D.CLOSE, "좋아짐"), closing=Closing(reason.code, goals="두 끼를 드심")
    )
    confirm(session, held, lead)
    assert (asked.closure_reason, asked.stage) == ("CLOSE_MOVED", S.ENDED)
    assert (typed.closure_reason, typed.stage, typed.goals_reached) == (reason.code, S.AFTERCARE, "두 끼를 드심")
    assert case_queries.was_approved(session, typed.id, ApprovalKind.CLOSURE)
    assert codes(session, typed) == {"AFTERCARE"}


def test_a_closed_case_begins_again_and_one_not_selected_ends(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    over, unselected = case_at(S.SERVICE), case_at(S.CLASSIFIED, C.NOT_SELECTED)
    cases.ask_closure(session, over, ClosureDetails("CLOSE_MOVED", day(0)), actor=worker, now=NOW)
    waiting = case_queries.waiting_of(session, over.id, ApprovalKind.CLOSURE)
    assert waiting is not None
    cases.decide_approval(session, waiting, Verdict.APPROVED, actor=lead, now=NOW)
    held = conference(session, worker, over, unselected)
    decide(session, held, worker, (D.REOPEN, "다시 돌아오심"), (D.CLOSE, "안내함"))
    confirm(session, held, lead)
    again = case_queries.live_case(session, over.household_id)
    assert again is not None
    assert (again.previous_id, again.intake_on, again.stage) == (over.id, TODAY, S.INTAKE)
    assert "다시 돌아오심" in again.reason
    assert unselected.stage is S.ENDED


def test_what_is_put_off_stands_on_the_next_agenda_planned_before_or_after(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    planned, unplanned = case_at(S.CONFERENCE), case_at(S.ASSESSMENT)
    following = conference(session, worker, on=TODAY + timedelta(days=7))
    held = conference(session, worker, planned)
    decide(session, held, worker, (D.NEXT_TIME, ""))
    confirm(session, held, lead)
    assert [item.case_id for item in following.agenda] == [planned.id]
    assert planned.stage is S.CONFERENCE
    assert held.agenda[0].applied_at is None
    other = ConferenceKind.SOLUTION
    solved = conference(session, worker, unplanned, kind=other)
    decide(session, solved, worker, (D.NEXT_TIME, ""))
    confirm(session, solved, lead)
    later = conference(session, worker, kind=other, on=TODAY + timedelta(days=30))
    assert [(item.case_id, item.matter) for item in later.agenda] == [(unplanned.id, Matter.SELECT)]


def test_confirmed_minutes_never_change_and_are_put_right_beside_them(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    held = conference(session, worker, case_at(S.CONFERENCE))
    with pytest.raises(RuleBroken, match="NOT_CONFIRMED"):
        service.add_addendum(session, held, "바로잡음", actor=lead, now=NOW)
    decide(session, held, worker, (D.SELECT_GENERAL, "까닭"))
    confirm(session, held, lead)
    for act in (
        lambda: decide(session, held, worker, (D.KEEP_ON, "")),
        lambda: service.add_cases(session, held, [case_at(S.CONFERENCE).id], actor=worker, now=NOW),
        lambda: service.remove_item(session, held, held.agenda[0].id, actor=worker, now=NOW),
        lambda: service.drop_conference(session, held, version=held.version, actor=worker, now=NOW),
        lambda: confirm(session, held, lead),
    ):
        with pytest.raises(RuleBroken, match="CONFIRMED"):
            act()
    service.add_addendum(session, held, " 장소는 2층 ", actor=lead, now=NOW)
    assert [(row["text"], row["by"]) for row in held.addenda] == [("장소는 2층", f"{lead.name} 팀장")]
    assert held.place == "회의실"


def test_two_writers_meet_at_the_version(session: Session, worker: Any, lead: Any, case_at: NewCase) -> None:
    held = conference(session, worker, case_at(S.CONFERENCE))
    seen = held.version
    decide(session, held, worker, (D.SELECT_GENERAL, "민하준의 글"))
    draft = service.draft_of(held, list(held.agenda))
    with pytest.raises(StaleRecord):
        service.keep_minutes(session, held, draft, version=seen, actor=lead, now=NOW)
    with pytest.raises(StaleRecord):
        service.confirm_minutes(session, held, version=seen, actor=lead, now=NOW)
    assert held.agenda[0].decision_note == "민하준의 글"


def test_minutes_wait_for_their_day_people_agenda_and_every_decision(
    session: Session, worker: Any, lead: Any, case_at: NewCase
) -> None:
    held = conference(session, worker, case_at(S.CONFERENCE), on=TODAY + timedelta(days=1))
    held.attendees = []
    with pytest.raises(MinutesRefused) as refused:
        confirm(session, held, lead)
    assert len(refused.value.problems) == 2
    assert "결정을 골라" in refused.value.by_item[held.agenda[0].id]
    assert queries.state_of(held, today=TODAY) is State.COMING
    assert queries.state_of(held, today=TODAY + timedelta(days=1)) is State.MINUTES


def test_an_agenda_is_ordered_by_hand_and_first_lines_come_from_the_case(
    session: Session, worker: Any, case_at: NewCase
) -> None:
    one, two, three = (case_at(S.CONFERENCE) for _ in range(3))
    held = conference(session, worker, one, two, three)
    assert "월세가 밀리고" in held.agenda[0].summary
    service.move_item(session, held, item_about(held, three).id, -1, actor=worker, now=NOW)
    service.move_item(session, held, item_about(held, one).id, -1, actor=worker, now=NOW)
    session.expire(held, ["agenda"])
    assert [item.case_id for item in held.agenda] == [one.id, three.id, two.id]
    service.remove_item(session, held, item_about(held, three).id, actor=worker, now=NOW)
    service.add_cases(session, held, [one.id, three.id], actor=worker, now=NOW)
    session.expire(held, ["agenda"])
    assert [item.case_id for item in held.agenda] == [one.id, two.id, three.id]


def test_cases_that_wait_for_a_conference_are_offered_first(session: Session, worker: Any, case_at: NewCase) -> None:
    selecting, served, closing = case_at(S.ASSESSMENT), case_at(S.SERVICE), case_at(S.SERVICE)
    taken_in = open_case(session, add_household(session, worker), worker)
    counsel(session, taken_in.household, worker)
    cases.ask_closure(session, closing, ClosureDetails("CLOSE_MOVED", TODAY), actor=worker, now=NOW)
    on_it = case_at(S.CONFERENCE)
    held = conference(session, worker, on_it)
    offered = [
        (waiting, {each.case_id for each in rows}) for waiting, rows in grouped(queries.list_candidates(session, worker, held))
    ]  # fmt: skip
    assert offered == [
        (Waiting.SELECT, {selecting.id}), (Waiting.CLOSE, {closing.id}), (Waiting.WORKED, {served.id, taken_in.id}),
    ]  # fmt: skip


def test_a_conference_without_a_word_can_be_taken_back_and_one_with_words_cannot(
    session: Session, worker: Any, case_at: NewCase
) -> None:
    empty, written = (
        conference(session, worker, case_at(S.CONFERENCE)),
        conference(session, worker, case_at(S.CONFERENCE)),
    )
    service.drop_conference(session, empty, version=empty.version, actor=worker, now=NOW)
    decide(session, written, worker, (D.NEXT_TIME, ""))
    with pytest.raises(RuleBroken, match="WRITTEN_UP"):
        service.drop_conference(session, written, version=written.version, actor=worker, now=NOW)
    assert session.scalars(select(Conference.id)).all() == [written.id]
    assert len(session.scalars(select(AgendaItem)).all()) == 1


def test_another_centre_sees_of_an_integrated_conference_its_own_households_alone(
    session: Session, town: Town, worker: Any, lead: Any, case_at: NewCase
) -> None:
    officer, other = town.who(town.district_officer), town.who(town.narae_worker)
    ours = case_at(S.CONFERENCE)
    theirs = brought_to(session, add_household(session, other), other, S.CONFERENCE)
    held = conference(session, officer, ours, theirs, kind=ConferenceKind.INTEGRATED, centre_id=town.garam.id)
    assert [item.case_id for item in queries.shown_items(lead, held)] == [ours.id]
    assert [item.case_id for item in queries.shown_items(other, queries.get_conference(session, other, held.id))] == [
        theirs.id
    ]
    inner = conference(session, worker, ours)
    with pytest.raises(NotFound):
        queries.get_conference(session, other, inner.id)
    with pytest.raises(NotFound):
        service.add_cases(session, inner, [theirs.id], actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="OTHER_CENTRE"):
        service.add_cases(session, inner, [theirs.id], actor=officer, now=NOW)
    details = ConferenceDetails(town.centres["나래동"].id, ConferenceKind.INTERNAL, TODAY)
    with pytest.raises(NotFound):
        service.plan_conference(session, details, actor=worker, now=NOW)
    decide(session, held, officer, (D.SELECT_GENERAL, "까닭"), (D.LINKAGE, "까닭"))
    with pytest.raises(RuleBroken, match="OTHER_CENTRES"):
        confirm(session, held, lead)
    confirm(session, held, officer)
    assert (ours.case_class, theirs.case_class) == (C.GENERAL, C.LINKAGE)


def test_a_writer_who_sees_half_of_an_agenda_leaves_the_other_half_as_it_is(
    session: Session, town: Town, worker: Any, case_at: NewCase
) -> None:
    officer, other = town.who(town.district_officer), town.who(town.narae_worker)
    ours, theirs = case_at(S.CONFERENCE), brought_to(session, add_household(session, other), other, S.CONFERENCE)
    held = conference(session, officer, theirs, ours, kind=ConferenceKind.INTEGRATED, centre_id=town.garam.id)
    decide(session, held, officer, (D.LINKAGE, "나래의 글"), (D.NEXT_TIME, ""))
    draft = service.draft_of(held, list(held.agenda))
    sly = replace(
        draft, items=tuple(replace(row, note="가람의 글") for row in draft.items), attendees=(Attendee("가", "나"),)
    )
    service.keep_minutes(session, held, sly, version=held.version, actor=worker, now=NOW)
    assert [item.decision_note for item in held.agenda] == ["나래의 글", "가람의 글"]
    with pytest.raises(NotFound):
        service.remove_item(session, held, item_about(held, theirs).id, actor=worker, now=NOW)
