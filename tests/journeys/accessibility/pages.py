"""Every page a person can open by its address, with real ids in it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from app.access.permissions import Role
from app.accounts.models import Account
from app.assessments.models import Assessment, AssessmentLine, InstrumentVersion
from app.assignments.models import Assignment
from app.attachments.models import Attachment
from app.attachments.rules import AttachmentKind, Place
from app.care.models import Medicine, Problem, ProblemRating
from app.care_groups.models import Registration
from app.care_groups.rules import Programme
from app.cases.models import Approval, Case, Counselling, EmergencyAid
from app.cases.rules import ApprovalKind, CaseStage, CounsellingWay
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import ConferenceKind, Matter
from app.config import Settings
from app.consents.models import Consent, ConsentText
from app.consents.rules import ConsentChannel, ConsentKind, Signer
from app.core import clock
from app.discoveries.models import ColumnMapping, DiscoveryItem, ImportedList, IncomingFile, Round
from app.discoveries.rules import ItemState, Route
from app.factory import create_app
from app.follow_ups.models import LadderVersion, RuleVersionRow, TermRow
from app.households.models import Household, SafetyFlag
from app.needs.models import NeedFound, NeedsAssessment, NeedsForm
from app.needs.rules import NeedLevel
from app.plans.models import Plan, PlanGoal, PlanService, Referral
from app.plans.rules import GoalReach, GoalSpan, PlanState, ReferralGround, ReferralState, ServiceMethod
from app.providers.models import Provider
from app.safety.models import DutyContact, Incident, ProtectionTask
from app.safety.rules import IncidentKind, ProtectionKind
from app.supervision.models import AskedQuestion
from app.supervision.rules import QuestionKind
from app.visits.models import PlannedVisit, Visit, VisitVersion, VitalReading
from app.visits.rules import PlannedState
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

NO_PAGES = frozenset(
    {"static", "attachments.picture", "attachments.small_picture", "attachments.waiting_key", "health.healthz"}
)
FILES = (".xlsx", ".csv", ".ics")


def addresses(session: Session, instance: Path, login: str) -> list[str]:
    """The address of each GET view; where it wants an id, that of the fullest thing there is."""
    known = real_ids(session, login)
    with ThreadPoolExecutor(1) as beside:  # Flask ends no request in the thread in which Playwright's event loop runs
        rules = beside.submit(_rules, instance).result()
    built = (rule.build({name: known[name] for name in rule.arguments}) for rule in rules)
    return [address[1] for address in built if address]


def _rules(instance: Path) -> list[Rule]:
    settings = Settings(instance=instance, database_url="sqlite://", secret_key="a secret of this test alone")
    rules = create_app(settings).url_map.iter_rules()
    return [rule for rule in rules if "GET" in (rule.methods or ()) and _is_page(rule)]


def _is_page(rule: Rule) -> bool:
    return rule.endpoint not in NO_PAGES and not rule.rule.endswith(FILES)


def real_ids(session: Session, login: str) -> Mapping[str, Any]:
    """Ids for the addresses: of the household with the most to show in the person's centre."""
    account = session.scalars(select(Account).where(Account.login == login)).one()
    household = session.get_one(Household, _fullest(session, account.centre_id))
    of_it = {"household_id": household.id}
    return {
        "household_id": household.id,
        "member_id": household.members[0].id,
        "flag_id": _first(session, SafetyFlag, **of_it),
        "term_id": session.scalars(select(TermRow.id).where(TermRow.household_id == household.id)).first(),
        "visit_id": _of_two(session, _visit_with_corrections(session, household.centre_id, account), account),
        "assignment_id": _first(session, Assignment, **of_it),
        "account_id": account.id,
        "rule_id": session.scalars(select(RuleVersionRow.id)).first(),
        "ladder_id": session.scalars(select(LadderVersion.id)).first(),
        "list_id": session.scalars(select(ImportedList.id)).first(),
        "planned_id": _standing_plan(session, account),
        "assessment_id": _assessed(session, household, account),
        "task_id": _protected(session, household, account),
        "incident_id": _hurt(session, household, account),
        "contact_id": session.scalars(
            select(DutyContact.id).where(DutyContact.centre_id == household.centre_id)
        ).first(),
        "way": "up",
        "asked_id": _asked(session, household, account),
        "instrument_id": session.scalars(select(InstrumentVersion.id).where(InstrumentVersion.code == "PHQ_2")).first(),
        "registration_id": _registered(session, household, account),
        "on": clock.today(),
        "attachment_id": _photographed(session, household, account),
        "problem_id": _problem(session, household, account),
        "medicine_id": _medicine(session, household, account),
        "item_id": _item(session, household.centre_id, account),
        "round_id": session.scalars(select(Round.id).order_by(Round.id)).first(),
        "incoming_id": _incoming(session, account),
        **_case(session, household, account),
        **_needs(session, household, account),
        "conference_id": _conference(session, household, account),
        **_planned(session, household, account),
        **_consented(session, household, account),
    }


def _case(session: Session, household: Household, account: Account) -> dict[str, Any]:
    """A case whose first talk was held and whose closure waits for approval."""
    now, today = clock.now(), clock.today()
    case = Case(
        household_id=household.id, centre_id=household.centre_id, stage=CaseStage.CONFERENCE, stage_since=today,
        intake_on=today, route="KIN", reason="월세가 밀림", keeper_id=account.id, by_id=account.id, at=now,
    )  # fmt: skip
    session.add(case)
    session.flush()
    talk = Counselling(
        id=uuid4(), household_id=household.id, case_id=case.id, counselled_on=today, way=CounsellingWay.VISIT,
        complaint="밥을 못 해 먹겠어요", by_id=account.id, at=now,
    )  # fmt: skip
    asked = Approval(
        case_id=case.id, centre_id=household.centre_id, kind=ApprovalKind.CLOSURE, asked={"lines": [["종결 사유", "이사"]]},
        asked_by_id=account.id, asked_at=now,
    )  # fmt: skip
    session.add_all([talk, asked])
    session.commit()
    return {"case_id": case.id, "counselling_id": talk.id, "approval_id": asked.id}


def _incoming(session: Session, account: Account) -> int:
    """A file whose columns this person still has to name, and one whose columns are remembered."""
    rows = [[1, ["순", "누구", "언제", "어디"]], [2, ["1", "마파람", "1950-01-02", "가람동"]]]
    file = session.scalars(select(IncomingFile).where(IncomingFile.by_id == account.id)).one_or_none()
    if file is None:
        file = IncomingFile(
            by_id=account.id, title="통장 제보", file_form="엑셀(.xlsx)", fingerprint="", rows=rows, unread_sheets=[],
            problem="제목 줄에서 «성명», «생년월일» 칸을 찾지 못했습니다.", received_at=clock.now(),
        )  # fmt: skip
        session.add(file)
    session.add(
        ColumnMapping(
            district_id=account.district_id, source=Route.TONGJANG, headings_key=uuid4().hex, headings=rows[0][1],
            columns={"NAME": [1], "BIRTH": [2]}, by_id=account.id, at=clock.now(),
        )
    )  # fmt: skip
    session.commit()
    return file.id


def _conference(session: Session, household: Household, account: Account) -> int:
    """A conference of today with the household's newest case on its agenda, discussed and not yet confirmed."""
    case = session.scalars(select(Case).where(Case.household_id == household.id).order_by(Case.id.desc())).first()
    assert case is not None
    item = AgendaItem(position=1, case=case, matter=Matter.SELECT, summary="사유: 월세가 밀림", said="함께 이야기함")
    held = Conference(
        centre_id=household.centre_id, kind=ConferenceKind.INTERNAL, held_on=clock.today(), place="회의실",
        attendees=[{"name": "김다솜", "agency": "가람종합복지관", "account_id": None}], by_id=account.id, at=clock.now(),
        agenda=[item],
    )  # fmt: skip
    session.add(held)
    session.commit()
    return held.id


def _needs(session: Session, household: Household, account: Account) -> dict[str, Any]:
    """Two surveys of needs, so that first and latest are drawn; the later one has a word beside every level."""
    form, today = session.scalars(select(NeedsForm).order_by(NeedsForm.id)).one(), clock.today()
    items = [item["code"] for domain in form.document["domains"] for item in domain["items"]]
    levels = list(NeedLevel)
    rows = [
        NeedsAssessment(
            id=uuid4(), household_id=household.id, form_id=form.id, assessed_on=today - timedelta(days=90 * ago),
            own_words="밥을 못 해 먹겠어요", by_id=account.id, at=clock.now(),
            found=[
                NeedFound(position=at, item=code, level=levels[(at + ago) % len(levels)], note="" if ago else "들은 것")
                for at, code in enumerate(items)
            ],
        )
        for ago in (1, 0)
    ]  # fmt: skip
    session.add_all(rows)
    session.commit()
    return {"survey_id": rows[1].id, "form_id": form.id}


def _planned(session: Session, household: Household, account: Account) -> dict[str, Any]:
    """A plan that is being written, a referral nobody has sent, emergency aid, and an entry of the directory."""
    now, today = clock.now(), clock.today()
    case = session.scalars(select(Case).where(Case.household_id == household.id).order_by(Case.id.desc())).first()
    assert case is not None
    goal = PlanGoal(position=1, span=GoalSpan.SHORT, need="DAILY_LIVING", text="두 끼를 드신다", reach=GoalReach.OPEN)
    of_plan = PlanService(
        position=1, title="밑반찬", method=ServiceMethod.GOODS, amount="주 2회", starts_on=today, provider_name="복지관",
        checker_id=account.id, check_days=14, goal_position=1,
    )  # fmt: skip
    plan = Plan(
        case_id=case.id, number=1, state=PlanState.DRAFT, drawn_on=today, clients_view="좋다", by_id=account.id, at=now,
        goals=[goal], services=[of_plan],
    )  # fmt: skip
    referral = Referral(
        household_id=household.id, receiver="복지관", reason="끼니", asked_for="반찬", ground=ReferralGround.CONSENT,
        state=ReferralState.DRAFT, by_id=account.id, at=now, shared=[],
    )  # fmt: skip
    aid = EmergencyAid(household_id=household.id, asked_at=now, crisis="E7", by_id=account.id)
    session.add_all([plan, referral, aid])
    session.commit()
    return {
        "plan_id": plan.id, "service_id": of_plan.id, "goal_id": goal.id, "referral_id": referral.id, "aid_id": aid.id,
        "provider_id": session.scalars(select(Provider.id).order_by(Provider.id)).first(),
    }  # fmt: skip


def _consented(session: Session, household: Household, account: Account) -> dict[str, Any]:
    """A consent that still waits for its signature, so that every page of it is there."""
    text = session.scalars(select(ConsentText).where(ConsentText.kind == ConsentKind.THIRD_PARTY)).first()
    assert text is not None
    row = Consent(
        household_id=household.id, member_id=household.members[0].id, kind=text.kind, text_id=text.id, receiver="복지관",
        channel=ConsentChannel.SCREEN, signer=Signer.SELF, given_on=clock.today(), valid_until=clock.today(),
        by_id=account.id, at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return {"consent_id": row.id, "text_id": text.id, "kind": "third"}


def _item(session: Session, centre_id: int, account: Account) -> int:
    """An item of the queue this person holds, so that every form of its page is there."""
    of_centre = select(DiscoveryItem).where(DiscoveryItem.centre_id == centre_id).order_by(DiscoveryItem.score.desc())
    item = session.scalars(of_centre.where(DiscoveryItem.state == ItemState.OPEN)).first()
    assert item is not None
    item.state, item.claimed_by_id, item.claimed_at = ItemState.CLAIMED, account.id, clock.now()
    session.commit()
    return item.id


def _assessed(session: Session, household: Household, account: Account) -> UUID:
    """An assessment this person made: the demo's people have asked nobody yet."""
    instrument = session.scalars(select(InstrumentVersion).where(InstrumentVersion.code == "PHQ_2")).one()
    row = Assessment(
        id=uuid4(), household_id=household.id, member_id=household.members[0].id, instrument_id=instrument.id,
        assessed_on=clock.today(), total=Decimal(3), band="POSITIVE", by_id=account.id, recorded_at=clock.now(),
        lines=[AssessmentLine(position=at, item=f"{at}", answer=f"{at}", points=Decimal(at)) for at in (1, 2)],
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.id


def _registered(session: Session, household: Household, account: Account) -> int:
    """A registration that can be ended."""
    row = Registration(
        household_id=household.id, member_id=household.members[0].id, programme=Programme.AI_IOT,
        registered_on=clock.today(), by_id=account.id, at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.id


def _protected(session: Session, household: Household, account: Account) -> int:
    """A restricted task that names this person."""
    now = clock.now()
    task = ProtectionTask(
        household_id=household.id, kind=ProtectionKind.ELDER_ABUSE, because="팔에 멍", opened_at=now,
        opened_by_id=account.id, due_at=now, staff_ids=[account.id], version=1,
    )  # fmt: skip
    session.add(task)
    session.commit()
    return task.id


def _asked(session: Session, household: Household, account: Account) -> int:
    """A question about this person's records."""
    visit_ids = session.scalars(select(Visit.id).where(Visit.household_id == household.id).limit(2)).all()
    question = AskedQuestion(
        question=f"ALL_ABSENT:{uuid4()}", kind=QuestionKind.ALL_ABSENT, centre_id=household.centre_id,
        account_id=account.id, visit_ids=[str(each) for each in visit_ids], asked_by_id=account.id, asked_at=clock.now(),
    )  # fmt: skip
    session.add(question)
    session.commit()
    return question.id


def _problem(session: Session, household: Household, account: Account) -> int:
    """A problem both professions see, rated twice."""
    row = Problem(
        household_id=household.id, code="INCOME", signs="월세가 밀림", opened_on=clock.today(), opened_by_id=account.id,
        version=1,
        ratings=[
            ProblemRating(rated_on=clock.today(), knowledge=2, behaviour=2, status=at, by_id=account.id)
            for at in (2, 3)
        ],
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.id


def _medicine(session: Session, household: Household, account: Account) -> int:
    """A medicine of the household's first member."""
    row = Medicine(
        household_id=household.id, member_id=household.members[0].id, name="암로디핀", dose="5mg", how="아침 1알",
        confirmed_on=clock.today(), by_id=account.id, at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.id


def _photographed(session: Session, household: Household, account: Account) -> UUID:
    """A photo this person took, whose file is lost."""
    file_id = uuid4()
    row = Attachment(
        id=file_id, household_id=household.id, kind=AttachmentKind.PHOTO, caption="집 앞",
        file_key=Place.new(file_id, "jpg").key, media_type="image/jpeg", size=1, width=640, height=480, sha256="",
        by_id=account.id, at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.id


def _hurt(session: Session, household: Household, account: Account) -> UUID:
    """An incident of this person that is still to be completed."""
    row = Incident(
        id=uuid4(), centre_id=household.centre_id, household_id=household.id, account_id=account.id,
        kind=IncidentKind.VERBAL, occurred_at=clock.now(), what="욕을 함", is_hurt=True, called=["112"], measures="",
        reported_by_id=account.id, reported_at=clock.now(), version=1,
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.id


def _fullest(session: Session, centre_id: int | None) -> int:
    """A household with a standing flag and the most visits."""
    visits = func.count(Visit.id)
    statement = (
        select(Visit.household_id)
        .join(Household)
        .join(SafetyFlag, SafetyFlag.household_id == Household.id)
        .where(Household.closed_on.is_(None), SafetyFlag.ended_on.is_(None))
        .group_by(Visit.household_id)
        .order_by(visits.desc())
    )
    if centre_id is not None:
        statement = statement.where(Household.centre_id == centre_id)
    return session.scalars(statement).first() or 0


def _visit_with_corrections(session: Session, centre_id: int, account: Account) -> Any:
    """A corrected visit with measurements; the person's own where they may correct only their own."""
    statement = select(Visit.id).join(Household).where(Household.centre_id == centre_id)
    statement = statement.where(Visit.id.in_(select(VisitVersion.visit_id)))
    measured = statement.where(Visit.id.in_(select(VitalReading.visit_id)))
    return session.scalars(measured).first() or session.scalars(statement).first()


def _of_two(session: Session, visit_id: UUID, account: Account) -> UUID:
    """The same visit as a joint one: this person is asked for their note; a supervisor finds it written."""
    visit = session.get_one(Visit, visit_id)
    other = select(Account.id).where(Account.centre_id == visit.centre_id, Account.role != visit.by.role)
    is_written = account.role is Role.SUPERVISOR
    visit.companion_ids = [account.id]
    visit.second_by_id = session.scalars(other).first() if is_written else None
    visit.second_typed_at = visit.second_received_at = clock.now() if is_written else None
    session.commit()
    return visit_id


def _standing_plan(session: Session, account: Account) -> Any:
    """A visit still to be made: the person's own where they may change only their own."""
    statement = (
        select(PlannedVisit.id)
        .join(Household)
        .where(PlannedVisit.state == PlannedState.PLANNED, PlannedVisit.planned_on >= clock.today())
        .order_by(PlannedVisit.assignee_id != account.id, PlannedVisit.planned_on)
    )
    if account.centre_id is not None:
        statement = statement.where(Household.centre_id == account.centre_id)
    return session.scalars(statement).first()


def _first(session: Session, table: type[SafetyFlag] | type[Assignment], *, household_id: int) -> int | None:
    return session.scalars(select(table.id).where(table.household_id == household_id)).first()
