"""Pages of care: who may open them, what stands on them, and what a visit form sends back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.care import queries, service
from app.care.models import Intervention, Medicine, MedicineCheck, Problem, ProblemRating
from app.care.rules import MedicineDetails
from app.care.service import ProblemDetails
from app.households.models import Household
from app.visits.models import VisitDraft
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.moments import TODAY

SignIn = Callable[[Role | Account], Browser]


@pytest.fixture
def problem(session: Session, town: Town, household: Household, now: datetime) -> Problem:
    details = ProblemDetails("CIRCULATION", household.members[0].id, "아침 혈압이 높음")
    return service.open_problem(session, household, details, actor=town.who(town.nurse), now=now)


@pytest.fixture
def medicine(session: Session, town: Town, household: Household, now: datetime) -> Medicine:
    given = MedicineDetails("암로디핀", "5mg", "아침 1알")
    return service.add_medicine(session, household.members[0], given, on=TODAY, actor=town.who(town.nurse), now=now)


def test_a_problem_is_added_rated_closed_and_opened_again(
    session: Session, town: Town, household: Household, sign_in_as: SignIn
) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{household.id}/problems/new").form("/new")
    browser.submit(form, code="INCOME", signs="월세가 밀림", member_id="")
    row = session.scalars(select(Problem)).one()
    page = f"/households/{household.id}/problems/{row.id}"
    rate = browser.get(page).form("/rate")
    rate.fields |= {"knowledge": "2", "behaviour": "3", "status": "2", "note": "창구에 다녀옴"}
    browser.submit(rate)
    assert "창구에 다녀옴" in browser.get(page).text
    browser.submit(browser.page.form("/signs"), signs="월세와 가스비")  # type: ignore[union-attr]
    browser.submit(browser.get(page).form("/close"), because="급여가 나옴")
    assert "종결한 문제" in browser.get(f"/households/{household.id}/problems").text
    browser.submit(browser.get(page).form("/reopen"))
    session.expire_all()
    assert (row.closed_on, row.signs) == (None, "월세와 가스비")


def test_a_rating_with_a_hole_comes_back_with_what_was_chosen(
    session: Session, town: Town, household: Household, problem: Problem, sign_in_as: SignIn
) -> None:
    browser = sign_in_as(town.nurse)
    page = f"/households/{household.id}/problems/{problem.id}"
    browser.submit(browser.get(page).form("/rate"), status=422, knowledge="2", note="아직")
    assert "지식·행동·상태를 모두" in browser.page.text  # type: ignore[union-attr]
    assert browser.page.form("/rate").fields["note"] == "아직"  # type: ignore[union-attr]
    assert not session.scalars(select(ProblemRating)).all()


def test_the_second_of_two_is_told_and_can_go_on(
    session: Session, town: Town, household: Household, problem: Problem, sign_in_as: SignIn, now: datetime
) -> None:
    second = sign_in_as(town.other_nurse)
    page = f"/households/{household.id}/problems/{problem.id}"
    form = second.get(page).form("/signs")
    nurse = town.who(town.nurse)
    service.describe_problem(session, problem, "저녁 혈압도 높음", version=1, actor=nurse, now=now)
    second.submit(form, status=422, signs="가슴이 답답함")
    assert second.page is not None
    assert "다른 사람이 먼저" in second.page.text
    assert "저녁 혈압도 높음" in second.page.text, "what stands now"
    again = second.page.form("/signs")
    assert again.fields["signs"] == "가슴이 답답함", "what was typed"
    second.submit(again)
    session.expire_all()
    assert problem.signs == "가슴이 답답함"


def test_without_a_ground_a_worker_sees_nothing_of_health(
    session: Session, town: Town, household: Household, problem: Problem, medicine: Medicine, sign_in_as: SignIn
) -> None:
    browser = sign_in_as(town.worker)
    text = browser.get(f"/households/{household.id}/problems").text
    assert "건강 문제는 보이지 않습니다" in text
    assert "혈압" not in text
    browser.open(f"/households/{household.id}/problems/{problem.id}", status=404)
    browser.open(f"/households/{household.id}/medicines", status=403)
    home = browser.get(f"/households/{household.id}").text
    assert "순환" not in home
    assert "암로디핀" not in home
    assert "순환" not in browser.get(f"/households/{household.id}/problems/new").text


def test_with_a_ground_the_assigned_worker_reads_and_does_not_keep_medicines(
    town: Town, sharing: Household, problem: Problem, medicine: Medicine, sign_in_as: SignIn
) -> None:
    browser = sign_in_as(town.worker)
    assert "아침 혈압이 높음" in browser.get(f"/households/{sharing.id}/problems").text
    page = browser.get(f"/households/{sharing.id}/medicines")
    assert "암로디핀" in page.text
    assert "약 추가" not in page.text
    browser.open(f"/households/{sharing.id}/medicines/{medicine.id}", status=403)


@pytest.mark.parametrize("login", ["narae_nurse", "far_supervisor"])
def test_another_centre_finds_nothing(
    town: Town, household: Household, problem: Problem, medicine: Medicine, sign_in_as: SignIn, login: str
) -> None:
    browser = sign_in_as(town.accounts[login])
    for path in ("problems", f"problems/{problem.id}", "problems/new", "medicines", f"medicines/{medicine.id}"):
        browser.open(f"/households/{household.id}/{path}", status=404)


def test_a_medicine_is_added_changed_confirmed_and_ended(
    session: Session, town: Town, household: Household, medicine: Medicine, sign_in_as: SignIn
) -> None:
    browser, member_id = sign_in_as(town.nurse), household.members[0].id
    path = f"/households/{household.id}"
    browser.submit(
        browser.get(f"{path}/members/{member_id}/medicines/new").form("/new"), name="아스피린", how="아침 1알"
    )  # fmt: skip
    change = browser.get(f"{path}/medicines/{medicine.id}").form(f"/{medicine.id}")
    browser.submit(change, how="저녁 1알", because="어지러워서")
    browser.open(f"{path}/medicines/{medicine.id}", status=404)
    browser.submit(browser.get(f"{path}/medicines").form("/confirm"))
    fresh = session.scalars(select(Medicine).where(Medicine.how == "저녁 1알")).one()
    browser.submit(browser.get(f"{path}/medicines/{fresh.id}/end").form("/end"), because="의사가 끊음")
    listed = queries.list_medicines(session, household.id)[member_id]
    assert [(row.name, row.ended_because) for row in listed] == [
        ("아스피린", ""), ("암로디핀", "바뀜 어지러워서"), ("암로디핀", "의사가 끊음"),
    ]  # fmt: skip
    assert "의사가 끊음" in browser.get(f"{path}/medicines").text


def visit_fields(household: Household, problem: Problem, medicine: Medicine) -> dict[str, object]:
    member_id = household.members[0].id
    return {
        "members_seen": [str(member_id)], "care-done": ["LOW_SALT", "SERVICE_LINK"], "care-note_LOW_SALT": "국을 반만",
        f"care-p{problem.id}-status": "4", f"care-p{problem.id}-knowledge": "2", f"care-p{problem.id}-behaviour": "2",
        f"care-m{member_id}-list": "SAME", f"care-m{member_id}-missed": "1-2",
    }  # fmt: skip


def test_the_visit_form_stores_what_was_done_and_the_record_shows_it(
    session: Session, town: Town, household: Household, problem: Problem, medicine: Medicine, sign_in_as: SignIn
) -> None:
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    browser.submit(form, **visit_fields(household, problem, medicine))  # type: ignore[arg-type]
    done = session.scalars(select(Intervention).order_by(Intervention.id)).all()
    assert [(row.target, row.note, row.problem_id) for row in done] == [
        ("LOW_SALT", "국을 반만", problem.id), ("SERVICE_LINK", "", None),
    ]  # fmt: skip
    assert session.scalars(select(MedicineCheck)).one().answers == {"list": "SAME", "missed": "1-2"}
    record = f"/visits/{done[0].visit_id}"
    text = browser.get(record).text
    assert all(words in text for words in ("저염식", "국을 반만", "지식 2 · 행동 2 · 상태 4", "그대로 복용 중"))
    for_worker = sign_in_as(town.worker).get(record).text
    assert "서비스 연계" in for_worker
    assert not any(words in for_worker for words in ("저염식", "상태 4", "그대로 복용 중"))


def test_a_correction_form_begins_with_what_was_done(
    session: Session, town: Town, household: Household, problem: Problem, medicine: Medicine, sign_in_as: SignIn
) -> None:
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    browser.submit(form, **visit_fields(household, problem, medicine))  # type: ignore[arg-type]
    visit_id = session.scalars(select(Intervention.visit_id)).first()
    form = browser.get(f"/visits/{visit_id}/correct").form("/correct")
    assert form.fields["care-done"] == ["LOW_SALT", "SERVICE_LINK"]
    assert form.fields[f"care-p{problem.id}-status"] == "4"
    browser.submit(form, reason="연계는 안 함", **{"care-done": ["LOW_SALT"]})
    page = browser.get(f"/visits/{visit_id}")
    assert "사례관리 서비스 연계" in page.text, "what stood there before"
    assert [row.target for row in session.scalars(select(Intervention))] == ["LOW_SALT"]
    assert session.scalars(select(ProblemRating)).one().status == 4


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"care-note_GLUCOSE": "120"}, "한 일을 고르거나"),
        ({"care-p{p}-status": "3"}, "처음 평가하는 문제입니다"),
        ({"care-p{p}-note": "글"}, "평가를 고르거나"),
        ({"care-m{m}-list": "CHANGED", "care-m{m}-c{d}": "OTHERWISE"}, "지금 어떻게 드시는지"),
        ({"care-m{m}-h{d}": "저녁에"}, "무엇이 바뀌었는지"),
        ({"care-m{m}-new_how": "아침"}, "약 이름을 적어 주세요"),
        ({"care-m{m}-list": "SAME", "care-m{m}-new_name": "아스피린"}, "하나만 남겨"),
        ({"care-done": "NO_SUCH"}, "NO_SUCH"),
    ],
)
def test_what_was_typed_beside_nothing_comes_back_and_is_not_dropped(
    session: Session, town: Town, household: Household, problem: Problem, medicine: Medicine, sign_in_as: SignIn,
    fields: dict[str, str], words: str,
) -> None:  # fmt: skip
    ids = {"p": problem.id, "m": household.members[0].id, "d": medicine.id}
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    sent = {name.format(**ids): value for name, value in fields.items()}
    browser.submit(form, status=422, members_seen=[str(ids["m"])], **sent)
    assert words in browser.page.text  # type: ignore[union-attr]
    assert not session.scalars(select(Intervention)).all()


def test_a_draft_with_a_problem_closed_meanwhile_still_shows_its_rating(
    session: Session, town: Town, household: Household, problem: Problem, sign_in_as: SignIn, now: datetime
) -> None:
    nurse = sign_in_as(town.nurse)
    page = nurse.get(f"/households/{household.id}/visits/new")
    draft = page.form("/visits/new").fields["visit_id"]
    body = {f"care-p{problem.id}-status": "5", "care-done": ["GLUCOSE"]}
    nurse.open(
        f"/households/{household.id}/drafts/visit/{draft}", method="put", json={"body": body, "version": 0}, status=200,
        headers={"X-CSRFToken": page.form("/visits/new").fields["csrf_token"]},
    )  # fmt: skip
    assert session.scalars(select(VisitDraft)).one().body == body
    service.close_problem(session, problem, because="안정", version=1, actor=town.who(town.other_nurse), now=now)
    form = nurse.get(f"/households/{household.id}/visits/new").form("/visits/new")
    assert form.fields[f"care-p{problem.id}-status"] == "5"
    assert form.fields["care-done"] == "GLUCOSE"


def test_the_line_of_time_tells_of_problems_to_who_may_see_them(
    session: Session, town: Town, household: Household, problem: Problem, sign_in_as: SignIn, now: datetime
) -> None:
    service.open_problem(session, household, ProblemDetails("ABUSE"), actor=town.who(town.worker), now=now)
    seen = {
        login: sign_in_as(town.accounts[login]).get(f"/households/{household.id}?kind=CARE").text
        for login in ("nurse", "worker", "other_worker")
    }
    assert "문제 순환" in seen["nurse"]
    assert "순환" not in seen["worker"] + seen["other_worker"]
    assert "문제 학대" in seen["worker"]
    assert "학대 ·" not in seen["nurse"] + seen["other_worker"]
