"""A town in which every kind of thing exists once, so that every URL has something to open."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from app.access.identity import Identity
from app.accounts import service as accounts
from app.assessments.service import AssessmentDetails, record_assessment
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.attachments.rules import PhotoDetails
from app.attachments.service import FileStore, add_photo, prepare_picture
from app.calendars.service.feed import open_feed
from app.care.rules import MedicineDetails
from app.care.service import ProblemDetails, add_medicine, open_problem
from app.care_groups.rules import Programme
from app.care_groups.service import RegistrationDetails, register
from app.cases import queries as case_queries
from app.cases.models import Case
from app.cases.rules import CaseStage
from app.cases.rules.emergency import Crisis
from app.cases.service import ClosureDetails, ask_closure
from app.cases.service.emergency import ask_aid
from app.consents.rules import ConsentKind, Receiver
from app.core.database import new_id
from app.discoveries import queries as discoveries
from app.discoveries.models import ColumnMapping, DiscoveryItem, IncomingFile, ListRow, Round
from app.discoveries.rules import ListColumn, Route
from app.discoveries.service import Sending, claim, import_list, name_columns, receive
from app.households.models import Household
from app.households.rules import DwellingDetails, HealthGround, MemberDetails, Relation, Risk, Sex
from app.households.service import judge_risk
from app.plans.rules import ReferralGround
from app.plans.service import ReferralDetails, draft_referral
from app.reports.rules import Masking, Purpose, ReportCode
from app.reports.service import PrintRequest, print_report
from app.safety.rules import Company, DutyDetails, IncidentKind, IncidentReport, ProtectionKind
from app.safety.service import ProtectionDetails, add_duty_contact, open_protection, report_incident
from app.supervision.rules import Question, QuestionKind
from app.supervision.service import open_question
from app.visits import service as visits
from app.web.logs import JsonLines
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.cases import brought_to
from tests.factories.conferences import conference
from tests.factories.consents import give
from tests.factories.households import add_flag, add_household, set_rule
from tests.factories.needs import survey
from tests.factories.outings import go_out
from tests.factories.pictures import photo as picture
from tests.factories.planning import approved_plan, provider
from tests.factories.plans import plan
from tests.factories.rules import announce
from tests.factories.town import Town
from tests.factories.visits import absence_details, visit_details
from tests.moments import TODAY, day

HEAD = MemberDetails("천둥솔", Relation.HEAD, Sex.FEMALE, date(1942, 3, 15), phone="010-9307-4418")
SPOUSE = MemberDetails("소슬비", Relation.SPOUSE, Sex.MALE, date(1939, 8, 2))
DWELLING = DwellingDetails("한빛구 여우비길 77", "가람동 93-7", "715호", approach="파란 대문")
CANARIES = ("천둥솔", "소슬비", "9307-4418", "93074418", "여우비", "715호", "파란 대문", "단추 하나가", "꿀차를")
"""Words of the furnished household that no page shows by accident."""
LIST = """연번,성명,생년월일,행정동,도로명주소,상세주소,전화번호,입수 위기정보
1,천둥솔,1942-03-15,가람동,한빛구 여우비길 77,715호,010-9307-4418,단전
2,마파람,1950-01-02,가람동,한빛구 구름길 5,,010-5511-2037,단수
3,,,,,,,
"""


@dataclass(frozen=True)
class Furnished:
    """The town's one household with everything in it, and what each URL's values are called."""

    household: Household
    values: Mapping[str, Any]


@pytest.fixture
def furnished(session: Session, town: Town, now: datetime) -> Furnished:
    """The town of `furnish`, for one test."""
    return furnish(session, town, now)


def furnish(session: Session, town: Town, now: datetime) -> Furnished:
    """A household of 가람동 with a past; the nurse, the worker and the supervisor each did something."""
    nurse, worker, supervisor = (town.who(account) for account in (town.nurse, town.worker, town.supervisor))
    household = add_household(session, worker, HEAD, SPOUSE, dwelling=DWELLING, health_ground=HealthGround.CONSENT)
    judge_risk(session, household, Risk.HIGH, reason="혼자 넘어짐", actor=worker, now=now)
    flag = add_flag(session, household, worker)
    term = set_rule(session, household, "CASE_CHECK_GENERAL", worker, starts_on=day(-60))
    assigned = assignments.assign(session, household, Duty.NURSE, town.nurse, actor=supervisor, now=now)
    cover = accounts.arrange_cover(
        session, town.nurse, town.other_nurse, from_on=TODAY, until_on=day(2), reason="연가", actor=supervisor, now=now
    )
    absence = absence_details(household, day(-3))
    visits.log_absence(session, household, absence, typed_at=now, actor=nurse, now=now)
    told = visit_details(
        household, welfare_note="단추 하나가 떨어짐", nursing_note="꿀차를 자주 드심", companion_name="3통 통장"
    )
    visit = visits.log_visit(session, household, told, typed_at=now, actor=nurse, now=now)
    draft = visits.save_draft(
        session, household, new_id(), form="visit", body={"welfare_note": "글"}, version=0, actor=nurse, now=now
    )
    request = PrintRequest(ReportCode.CASE_REPORT, Masking.AGENCY, next(iter(Purpose)), household=household)
    record, _facts = print_report(session, request, actor=supervisor, now=now)
    imported = import_list(session, LIST.encode(), centre=town.garam, actor=supervisor, now=now)
    row = session.scalars(select(ListRow).where(ListRow.imported_list_id == imported.id).order_by(ListRow.id)).first()
    planned = plan(session, household, nurse, companion_id=town.worker.id)
    rule, ladder = announce(session, town.who(town.district_officer))
    asked = AssessmentDetails(
        new_id(), "PHQ_2", TODAY, member_id=household.members[0].id, answers={"1": "0", "2": "1"}
    )  # fmt: skip
    assessment = record_assessment(session, household, asked, actor=nurse, now=now)
    task = open_protection(
        session, household, ProtectionDetails(ProtectionKind.ELDER_ABUSE, "팔에 멍"), actor=worker, now=now
    )
    question = Question(QuestionKind.ALL_ABSENT, town.nurse.id, TODAY, (visit.id,), "")
    asked_question = open_question(session, question, centre_id=town.garam.id, actor=supervisor, now=now)
    with TemporaryDirectory() as files:  # its file is lost afterwards, which every page must bear
        photo = add_photo(
            session, household, PhotoDetails(new_id(), "단추 하나가", visit_id=visit.id), prepare_picture(picture()),
            store=FileStore(Path(files)), actor=nurse, now=now,
        )  # fmt: skip
    problem = open_problem(session, household, ProblemDetails("INCOME", signs="단추 하나가"), actor=worker, now=now)
    medicine = add_medicine(
        session, household.members[1], MedicineDetails("꿀차를 탄 약"), on=TODAY, actor=nurse, now=now
    )  # fmt: skip
    registered = RegistrationDetails(Programme.VISITING_HEALTH, day(-30), note="단추 하나가 없음")
    registration = register(session, household.members[1], registered, actor=nurse, now=now)
    feed, token = open_feed(session, "휴대전화", actor=nurse, now=now)
    told_incident = IncidentReport(new_id(), IncidentKind.VERBAL, now, what="단추 하나가 떨어졌다고 욕을 함")
    incident = report_incident(session, told_incident, household, actor=nurse, now=now)
    duty = add_duty_contact(session, town.garam.id, DutyDetails("가람지구대", "112"), actor=supervisor, now=now)
    outing = go_out(session, household, nurse, company=Company(town.worker.id))
    case = brought_to(session, household, worker, CaseStage.SERVICE)
    approval = ask_closure(session, case, ClosureDetails("CLOSE_MOVED", TODAY), actor=worker, now=now)
    talk = case_queries.list_counselling(session, household.id)[0]
    held = conference(session, worker, case)
    needs = survey(session, household, worker).row
    item, of_round = triaged(session, row, worker, now)
    assert assigned is not None
    assert row is not None
    assert discoveries.get_list(session, supervisor, imported.id)
    session.commit()
    return Furnished(
        household,
        {
            "household_id": household.id, "member_id": household.members[1].id, "flag_id": flag.id, "term_id": term.id,
            "visit_id": visit.id, "draft_id": draft.id, "form": "visit", "account_id": town.nurse.id,
            "assignment_id": assigned.id, "cover_id": cover.id, "print_id": record.id, "list_id": imported.id,
            "rule_id": rule.id, "ladder_id": ladder.id, "row_id": row.id, "filename": "css/base.css", "feed_id": feed.id, "token": token,
            "planned_id": planned.id, "on": planned.planned_on, "assessment_id": assessment.id,
            "instrument_id": assessment.instrument_id, "registration_id": registration.id, "task_id": task.id,
            "outing_id": outing.id, "incident_id": incident.id, "contact_id": duty.id, "way": "down",
            **incoming(session, worker, now),
            **consented(session, household, worker),
            **planned_for(session, household, case, worker, supervisor, now),
            "case_id": case.id, "conference_id": held.id, "approval_id": approval.id, "counselling_id": talk.id, "survey_id": needs.id, "form_id": needs.form_id,
            "attachment_id": photo.id, "photo_id": new_id(), "asked_id": asked_question.id, "problem_id": problem.id, "item_id": item.id, "round_id": of_round.id, "medicine_id": medicine.id,
        },
    )  # fmt: skip


def triaged(session: Session, row: ListRow | None, worker: Identity, now: datetime) -> tuple[DiscoveryItem, Round]:
    """The item of the list's first row, worked by the worker, in a round that is open."""
    item = session.scalars(select(DiscoveryItem).where(DiscoveryItem.list_row_id == (row.id if row else 0))).one()
    of_round = Round(
        district_id=worker.district_id,
        source=Route.SYS_CENTRAL,
        title="6차",
        opens_on=day(-7),
        closes_on=day(46),
        at=now,
    )
    session.add(of_round)
    session.flush()
    item.round_id = of_round.id
    claim(session, item, actor=worker, now=now)
    return item, of_round


def incoming(session: Session, worker: Identity, now: datetime) -> dict[str, int]:
    """A file whose columns the worker still has to name, and what is remembered of one that was named."""
    named = {ListColumn.NAME: (0,), ListColumn.BIRTH: (1,), ListColumn.DONG: (2,)}
    for name in ("마파람", "천둥솔"):
        content = f"누구,언제,어디\n{name},1950-01-02,가람동\n".encode()
        file = receive(session, content, Sending("통장 제보"), by_hand=True, actor=worker, now=now)
        assert isinstance(file, IncomingFile)
        if name == "마파람":
            name_columns(session, file, 1, named, actor=worker, now=now)
    mapping = session.scalars(select(ColumnMapping)).one()
    return {"incoming_id": file.id, "mapping_id": mapping.id}


def consented(session: Session, household: Household, worker: Identity) -> dict[str, Any]:
    """A consent of the household's head on paper, its text, and what addresses call its kind."""
    row = give(session, household, worker, ConsentKind.THIRD_PARTY, Receiver("하늘빛 쉼터"))
    return {"consent_id": row.id, "text_id": row.text_id, "kind": "third"}


def planned_for(
    session: Session, household: Household, case: Case, worker: Identity, lead: Identity, now: datetime
) -> dict[str, int]:
    """A plan that holds with a service and a goal, a referral, emergency aid, and an entry of the directory."""
    plan = approved_plan(session, case, worker, lead)
    details = ReferralDetails("하늘빛 쉼터", "단추 하나가", "꿀차를", ReferralGround.CONSENT)
    referral = draft_referral(session, household, details, actor=worker, now=now)
    aid = ask_aid(session, household, Crisis.E7, asked_at=now, actor=worker, now=now)
    return {
        "plan_id": plan.id, "service_id": plan.services[0].id, "goal_id": plan.goals[0].id, "referral_id": referral.id,
        "aid_id": aid.id, "provider_id": provider(session, worker).id,
    }  # fmt: skip


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Every line the program logs meanwhile, on every level, as the product writes it."""
    stream = StringIO()
    catching = logging.StreamHandler(stream)
    catching.setFormatter(JsonLines())
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(catching)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(catching)
    root.setLevel(before)
