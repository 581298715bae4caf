"""Official forms say what was worked, no more than the printer may read, and stand on the register with their copies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.cases.models import Case
from app.cases.queries import counselling_of
from app.cases.rules import CaseStage, Verdict
from app.cases.service import ClosureDetails, ask_closure, decide_approval
from app.consents.rules import ConsentKind, Receiver
from app.core.errors import RuleBroken
from app.follow_ups.rules import Purpose
from app.households.models import Household
from app.households.rules import HealthGround
from app.needs.rules import NeedLevel
from app.plans.models import Plan, Referral
from app.plans.rules import ReferralGround, SharedFacts
from app.plans.service import ReferralDetails, draft_referral, send_referral
from app.reports.documents import draw
from app.reports.models import PrintRecord
from app.reports.rules import EmptyWord, Masking, ReportCode, wording
from app.reports.rules import Purpose as PrintedFor
from app.reports.service import FORMS, PrintRequest, print_report
from app.visits.service import log_absence, log_visit
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.cases import brought_to, counsel, open_case
from tests.factories.consents import give
from tests.factories.needs import survey
from tests.factories.planning import approved_plan, provider, selected_case
from tests.factories.town import Town
from tests.factories.visits import absence_details, visit_details
from tests.moments import NOW, TODAY, at, day

SignIn = Callable[[Role | Account], Browser]
HEALTH = "혈압약을 저녁에 자주 거르심"
SAID = "<b>밥</b>을 못 해 먹겠어요 뷁 & =1+1"
ALL_KINDS = tuple(SharedFacts)


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def form(
    session: Session, town: Town, code: ReportCode, about: Any, *, login: str = "worker", now: datetime = NOW,
    masking: Masking = Masking.FULL, empty: EmptyWord = EmptyWord.NONE,
) -> str:  # fmt: skip
    wanted = PrintRequest(code, masking, PrintedFor.DUTY, household=about.household, about=about, empty=empty)
    _record, facts = print_report(session, wanted, actor=town.who(town.accounts[login]), now=now)
    return text_of(draw(facts))


def talk_of(session: Session, town: Town, household: Household) -> Any:
    case = open_case(session, household, town.who(town.worker))
    counsel(session, household, town.who(town.worker), complaint=SAID, health=HEALTH, with_whom="본인과 따님")
    return counselling_of(session, case)[0]


def test_the_counselling_form_says_the_talk_as_it_was_typed(session: Session, town: Town, household: Household) -> None:
    text = form(session, town, ReportCode.COUNSELLING_SHEET, talk_of(session, town, household))
    for said in (SAID, "본인과 따님", HEALTH, household.number, "■방문", "□내방", town.worker.name, "초기상담지"):
        assert squeezed(said) in text, said


@pytest.mark.parametrize(
    ("login", "ground", "told"),
    [
        ("worker", None, True), ("nurse", None, True), ("supervisor", None, False),
        ("supervisor", HealthGround.CONSENT, True), ("district_officer", HealthGround.CONSENT, False),
    ],
)  # fmt: skip
def test_health_in_a_talk_is_for_those_who_read_health_and_for_whoever_wrote_it(
    session: Session, town: Town, household: Household, login: str, ground: HealthGround | None, told: bool
) -> None:
    household.health_ground = ground
    talk, masking = talk_of(session, town, household), Masking.AGENCY
    text = form(session, town, ReportCode.COUNSELLING_SHEET, talk, login=login, masking=masking)
    assert (squeezed(HEALTH) in text) is told
    assert ("권한이나근거가없어뺐습니다" in text) is not told


def test_the_plan_says_what_the_law_asks_and_why_nobody_signed(
    session: Session, town: Town, household: Household
) -> None:
    plan = plan_of(session, town, household)
    text = form(session, town, ReportCode.PLAN_SHEET, plan)
    for said in (
        "하루 두 끼를 드신다",
        "밑반찬",
        "현물",
        "주 2회",
        "가람복지관",
        "14일마다",
        "반찬이 오면 좋겠다",
        "통장 민하준",
        "제15조",
    ):
        assert squeezed(said) in text, said


def plan_of(session: Session, town: Town, household: Household) -> Plan:
    worker, lead = town.who(town.worker), town.who(town.supervisor)
    return approved_plan(session, selected_case(session, household, worker), worker, lead)


def referral_of(session: Session, town: Town, household: Household, **more: Any) -> Referral:
    worker = town.who(town.worker)
    agency = provider(session, worker, phone="02-555-0101", contact="정담우")
    plain = {
        "receiver": agency.name, "reason": "끼니를 거르심", "asked_for": "밑반찬과 말벗", "ground": ReferralGround.URGENT,
        "ground_note": "사흘째 굶으심", "provider_id": agency.id, "member_id": household.members[0].id, "shared": ALL_KINDS,
    }  # fmt: skip
    return draft_referral(session, household, ReferralDetails(**plain | more), actor=worker, now=NOW)


def test_a_referral_tells_only_the_kinds_it_names(session: Session, town: Town, household: Household) -> None:
    told = form(session, town, ReportCode.REFERRAL_SHEET, referral_of(session, town, household))
    assert all(
        squeezed(each) in told
        for each in ("김순자", "842호", "2646-2265", "사흘째 굶으심", "02-555-0101", "의뢰 회신서")
    )


def test_what_a_referral_does_not_name_is_not_on_its_paper(session: Session, town: Town, household: Household) -> None:
    text = form(
        session, town, ReportCode.REFERRAL_SHEET, referral_of(session, town, household, shared=(SharedFacts.FAMILY,))
    )
    assert [each for each in ("김순자", "842호", "2646-2265", "1942") if each in text] == []
    assert text.count("보내지않음") >= 5


def test_health_goes_to_an_agency_only_from_the_hand_of_somebody_who_may_read_it(
    session: Session, town: Town, household: Household
) -> None:
    worker = town.who(town.worker)
    counsel(session, household, worker)
    survey(session, household, worker, HEALTH_PHYSICAL=NeedLevel.URGENT, DAILY_LIVING=NeedLevel.NEEDED)
    row = referral_of(session, town, household)
    by_worker = form(session, town, ReportCode.REFERRAL_SHEET, row)
    by_nurse = form(session, town, ReportCode.REFERRAL_SHEET, row, login="nurse")
    assert "권한이나근거가없어뺐습니다" in by_worker
    assert "권한이나근거가없어뺐습니다" not in by_nurse
    assert ("(긴급)" in by_worker, "(긴급)" in by_nurse) == (False, True)
    assert "(필요)" in by_worker


def test_a_referral_that_may_not_be_sent_leaves_the_office_on_no_paper(
    session: Session, town: Town, household: Household
) -> None:
    row = referral_of(session, town, household, ground=ReferralGround.CONSENT, ground_note="")
    with pytest.raises(RuleBroken) as refused:
        form(session, town, ReportCode.REFERRAL_SHEET, row)
    assert refused.value.code == "BLOCKED"
    assert "제3자 제공" in refused.value.text
    assert session.scalars(select(PrintRecord)).all() == []


def test_a_referral_by_consent_names_the_consent(session: Session, town: Town, household: Household) -> None:
    row = referral_of(
        session, town, household, ground=ReferralGround.CONSENT, ground_note="", shared=(SharedFacts.NAME,)
    )
    receiver = Receiver(row.receiver, row.provider_id)
    until = {"valid_until": day(200)}
    give(session, household, town.who(town.worker), ConsentKind.THIRD_PARTY, receiver, **until)
    text = form(session, town, ReportCode.REFERRAL_SHEET, row)
    assert "제3자제공동의·2026.11.23.·서면·본인" in text
    assert "■본인동의" in text


def test_what_was_sent_is_printed_with_its_days(session: Session, town: Town, household: Household) -> None:
    row = referral_of(session, town, household)
    send_referral(session, row, version=row.version, sent_on=TODAY, actor=town.who(town.worker), now=at(TODAY, 15))
    text = form(session, town, ReportCode.REFERRAL_SHEET, row)
    assert row.reply_due_on is not None
    due = row.reply_due_on
    assert f"{due.year}.{due.month}.{due.day}." in text


def closed_case(session: Session, town: Town, household: Household) -> Case:
    worker, lead = town.who(town.worker), town.who(town.supervisor)
    case = brought_to(session, household, worker, CaseStage.SERVICE)
    details = ClosureDetails("CLOSE_IMPROVED", day(-2), goals="끼니를 챙기심", note="본인이 동의함")
    decide_approval(
        session, ask_closure(session, case, details, actor=worker, now=NOW), Verdict.APPROVED, words="잘 되었음",
        actor=lead, now=NOW,
    )  # fmt: skip
    return case


def test_the_closure_form_says_why_what_changed_and_who_approved(
    session: Session, town: Town, household: Household
) -> None:
    worker = town.who(town.worker)
    counsel(session, household, worker)
    survey(session, household, worker, on=day(-15), DAILY_LIVING=NeedLevel.URGENT)
    survey(session, household, worker, on=day(-3), DAILY_LIVING=NeedLevel.WATCH)
    case = closed_case(session, town, household)
    text = form(session, town, ReportCode.CLOSURE_SHEET, case)
    for said in (
        "끼니를 챙기심",
        "본인이 동의함",
        "잘 되었음",
        "종결됨",
        "나아짐",
        "9개월",
        "승인",
        town.supervisor.name,
    ):
        assert squeezed(said) in text, said
    assert text.count("■") == 1


def test_a_closure_that_was_only_asked_for_says_so(session: Session, town: Town, household: Household) -> None:
    worker = town.who(town.worker)
    case = brought_to(session, household, worker, CaseStage.SERVICE)
    details = ClosureDetails("CLOSE_NO_CONTACT", TODAY, attempts="11/2, 11/9 방문", recheck_on=day(30))
    ask_closure(session, case, details, actor=worker, now=NOW)
    text = form(session, town, ReportCode.CLOSURE_SHEET, case)
    assert squeezed("결재를 기다림") in text
    assert squeezed("11/2, 11/9 방문") in text


def test_aftercare_numbers_the_contacts_that_count_and_tells_of_a_new_beginning(
    session: Session, town: Town, household: Household
) -> None:
    worker, case = town.who(town.worker), closed_case(session, town, household)
    for days in (20, 60):
        details = visit_details(household, day(days), purpose=Purpose.WELFARE, welfare_note=f"{days}일째 잘 지내심")
        log_visit(session, household, details, typed_at=at(day(days), 15), actor=worker, now=at(day(days), 15))
    missed = absence_details(household, day(40), note="40일째 문이 잠김")
    log_absence(session, household, missed, typed_at=at(day(40), 15), actor=worker, now=at(day(40), 15))
    later = at(day(70), 10)
    before = form(session, town, ReportCode.AFTERCARE_SHEET, case, now=later)
    assert squeezed("2회 가운데 2회") in before
    assert [f"{each}일째" in before for each in (20, 40, 60)] == [True] * 3
    assert "□필요함□필요없음" in before
    again = open_case(session, household, worker, intake_on=TODAY, reason="넘어져 다치심")
    assert again.previous_id == case.id
    after = form(session, town, ReportCode.AFTERCARE_SHEET, case, now=later)
    assert "■필요함" in after
    assert squeezed("넘어져 다치심") in after


def test_copies_are_counted_for_each_thing_by_itself(session: Session, town: Town, household: Household) -> None:
    plan = plan_of(session, town, household)
    for _copy in range(2):
        form(session, town, ReportCode.PLAN_SHEET, plan)
    talk = counselling_of(session, plan.case)[0]
    form(session, town, ReportCode.COUNSELLING_SHEET, talk)
    rows = session.scalars(select(PrintRecord).order_by(PrintRecord.id)).all()
    assert [(row.code, row.copy_number) for row in rows] == [("F04", 1), ("F04", 2), ("F01", 1)]
    assert {row.household_id for row in rows} == {household.id}


def test_the_case_report_tells_every_episode(session: Session, town: Town, household: Household) -> None:
    worker = town.who(town.worker)
    counsel(session, household, worker)
    survey(session, household, worker, DAILY_LIVING=NeedLevel.URGENT)
    plan_of(session, town, household)
    referral_of(session, town, household)
    give(session, household, worker, ConsentKind.SENSITIVE)
    wanted = PrintRequest(ReportCode.CASE_REPORT, Masking.FULL, PrintedFor.MEETING, household=household)
    _record, facts = print_report(session, wanted, actor=worker, now=NOW)
    text = text_of(draw(facts))
    for said in (
        "사례관리(일반)",
        "밥을 못 먹는다",
        "욕구의 변화",
        "하루 두 끼를 드신다",
        "가람복지관",
        "밑반찬과 말벗",
        "작성 중",
        "민감정보(건강) 처리",
    ):
        assert squeezed(said) in text, said
    assert "열람 권한이 없어" in "".join(str(row) for each in facts.sections for row in each.rows)


def test_a_form_is_chosen_where_people_work_and_opens_as_pdf(
    sign_in_as: SignIn, session: Session, town: Town, household: Household
) -> None:
    talk, browser = talk_of(session, town, household), sign_in_as(town.worker)
    page = browser.get(f"/counselling/{talk.id}")
    assert f"/counselling/{talk.id}/form" in page.html
    chosen = browser.get(f"/counselling/{talk.id}/form").form("/form")
    answer = browser.submit(chosen, purpose="DUTY", masking="AGENCY", empty="UNKNOWN", status=200)
    assert answer.mimetype == "application/pdf"
    assert "미확인" in text_of(answer.data)
    record = session.scalars(select(PrintRecord)).one()
    assert (record.code, record.masking) == ("F01", Masking.AGENCY)


def test_plan_and_referral_are_printed_from_their_pages(
    sign_in_as: SignIn, session: Session, town: Town, household: Household
) -> None:
    plan, row = plan_of(session, town, household), referral_of(session, town, household)
    browser = sign_in_as(town.worker)
    for page in (f"/plans/{plan.id}", f"/referrals/{row.id}"):
        assert f"{page}/form" in browser.get(page).html
        answer = browser.submit(browser.get(f"{page}/form").form("/form"), purpose="DUTY", masking="AGENCY", status=200)
        assert answer.mimetype == "application/pdf"


def test_another_centres_rows_are_not_there(
    sign_in_as: SignIn, session: Session, town: Town, household: Household
) -> None:
    talk = talk_of(session, town, household)
    browser = sign_in_as(town.narae_worker)
    for path in (f"/counselling/{talk.id}/form", f"/cases/{talk.case_id}/closure-form"):
        browser.get(path, status=404)


@pytest.mark.parametrize("path", ["closure-form", "aftercare-form"])
def test_a_case_that_nobody_closes_has_no_paper_of_its_closing(
    sign_in_as: SignIn, session: Session, town: Town, household: Household, path: str
) -> None:
    case = open_case(session, household, town.who(town.worker))
    browser = sign_in_as(town.worker)
    chosen = browser.get(f"/cases/{case.id}/{path}").form(path)
    page = browser.submit(chosen, purpose="DUTY", masking="AGENCY", status=422)
    assert "종결하거나 종결 결재를 올린 뒤" in page.text
    assert session.scalars(select(PrintRecord)).all() == []


@pytest.mark.parametrize("code", list(FORMS))
def test_every_form_is_had_blank_from_the_page_of_reports(
    sign_in_as: SignIn, session: Session, code: ReportCode
) -> None:
    browser = sign_in_as(Role.WORKER)
    form = browser.get("/reports").form("/reports/blank")
    answer = browser.submit(form, blank=code.value, status=200)
    assert answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    assert squeezed(code.label) in text
    assert "해당없음" not in text
    record = session.scalars(select(PrintRecord)).one()
    assert (record.code, record.household_id, record.copy_number) == (code.value, None, 1)


def test_a_blank_form_carries_the_chosen_centre_or_a_line_to_write_one_on(
    sign_in_as: SignIn, session: Session, town: Town
) -> None:
    browser = sign_in_as(town.district_officer)
    form = browser.get("/reports").form("/reports/blank")
    chosen = text_of(browser.submit(form, blank="F01", centre=str(town.narae.id), status=200).data)
    assert squeezed(town.narae.name) in chosen
    left_open = text_of(browser.submit(form, blank="F01", status=200).data)
    assert squeezed(town.garam.name) not in left_open
    assert "____" in left_open
    assert "동장" in left_open
    assert "통계용" not in left_open
    assert [row.centre_id for row in session.scalars(select(PrintRecord).order_by(PrintRecord.id))] == [
        town.narae.id, None,
    ]  # fmt: skip


def test_a_form_names_the_day_of_what_it_tells_and_not_the_day_of_its_print(
    session: Session, town: Town, household: Household
) -> None:
    row = counsel(session, household, town.who(town.worker))
    wanted = PrintRequest(ReportCode.COUNSELLING_SHEET, Masking.AGENCY, PrintedFor.DUTY, household=household, about=row)
    _record, facts = print_report(session, wanted, actor=town.who(town.worker), now=at(day(3), 12))
    assert facts.letterhead.period == wording.day(row.counselled_on)
