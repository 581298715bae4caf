"""The urgent entry request: what is known and nothing the reader may not tell, on a named ground, on the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.discoveries import service as discoveries
from app.discoveries.models import DiscoveryItem
from app.discoveries.rules import ItemState, Route
from app.discoveries.service import TryDetails
from app.follow_ups.queries import absence_step
from app.follow_ups.rules import AbsenceVerdict, ContactMode
from app.follow_ups.service import DecisionDetails, decide_absence
from app.households.models import Household
from app.reports.documents import draw
from app.reports.models import PrintRecord
from app.reports.rules import EntryGround, EntrySheetFacts, GroundNamed, Masking, Purpose, ReportCode
from app.reports.service import PrintRequest, print_report
from app.visits.rules import VitalKind
from app.visits.service import log_absence, log_visit
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_flag, add_household
from tests.factories.town import Town
from tests.factories.visits import absence_details, reading, visit_details
from tests.moments import TODAY, day

SignIn = Callable[[Role | Account], Browser]
WORDS = "사흘째 우편물이 쌓임. 901231-2345678"
HEALTH = "밤에 가슴이 답답하다고 하심"


@pytest.fixture
def household(session: Session, town: Town, now: datetime) -> Household:
    """김순자 alone with a dog; measured ten days ago, called eight days ago, not reached since on two days."""
    nurse, worker = town.who(town.nurse), town.who(town.worker)
    home = add_household(session, nurse, emergency_contact="딸 박미영 010-3333-4444")
    add_flag(session, home, nurse)
    [member] = home.members
    visits = (
        visit_details(
            home, day(-10), nursing_note=HEALTH, welfare_note="",
            readings=(reading(member.id, VitalKind.PULSE, "97", measured_at=None),),
        ),
        visit_details(home, day(-8), mode=ContactMode.CALL, began_at=None, ended_at=None),
    )  # fmt: skip
    for details in visits:
        log_visit(session, home, details, typed_at=now, actor=nurse, now=now)
    for days_ago, said in ((1, "옆집: 어제 불이 꺼져 있었음"), (0, "")):
        details = absence_details(home, day(-days_ago), neighbour_asked=said)
        log_absence(session, home, details, typed_at=now, actor=worker, now=now)
    return home


def printed(
    session: Session, town: Town, household: Household, now: datetime, *, login: str = "worker",
    ground: EntryGround = EntryGround.LONELY_DEATH, masking: Masking = Masking.FULL,
) -> EntrySheetFacts:  # fmt: skip
    wanted = PrintRequest(
        ReportCode.ENTRY_SHEET, masking, Purpose.DUTY, household=household, ground=GroundNamed(ground, WORDS)
    )
    _record, facts = print_report(session, wanted, actor=town.who(town.accounts[login]), now=now)
    assert isinstance(facts, EntrySheetFacts)
    return facts


def squeezed(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_the_sheet_says_all_that_helps_at_the_door(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    facts = printed(session, town, household, now)
    text = squeezed(draw(facts))
    for said in (
        "긴급 출입 협조 요청서", "가람동 행정복지센터", "민하준", "고독사 우려", "사흘째 우편물이 쌓임", "102동 842호", "김순자",
        "84세", "010-2646-2265", "딸 박미영 010-3333-4444", "대형견", "연속 부재 2번", "2026. 11. 13.", "2026. 11. 15.",
        "초인종", "옆집: 어제 불이 꺼져 있었음", "112", "119", "관리사무소",
    ):  # fmt: skip
        assert "".join(said.split()) in text, said
    assert "2345678" not in text
    assert (facts.last_seen_on, facts.last_spoken_on) == (day(-10), day(-8))
    assert len(PdfReader(BytesIO(draw(facts))).pages) == 1


def test_a_word_noted_beside_an_absence_stands_in_its_row_once(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    facts = printed(session, town, household, now)
    assert [(each.mode, "옆집" in each.heard) for each in facts.tries] == [("방문-부재", True), ("방문-부재", False)]


def test_tries_written_at_a_discovery_item_stand_on_it_with_their_note(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    worker = town.who(town.worker)
    item = DiscoveryItem(
        centre_id=household.centre_id, source=Route.NEIGHBOUR, household_id=household.id, received_on=day(-3),
        summary="우편물이 쌓임", score=0, state=ItemState.OPEN,
    )  # fmt: skip
    session.add(item)
    session.flush()
    discoveries.claim(session, item, actor=worker, now=now)
    tried = TryDetails(new_id(), ContactMode.NO_ANSWER, now, "열 번 울려도 받지 않음")
    discoveries.record_try(session, item, tried, actor=worker, now=now)
    facts = printed(session, town, household, now)
    assert facts.vain_tries == len(facts.tries) == 3
    newest = facts.tries[-1]
    assert (newest.mode, newest.happened_at, newest.heard, newest.by) == (
        "전화-무응답", now, "열 번 울려도 받지 않음", "민하준"
    )  # fmt: skip
    assert "열번울려도받지않음" in squeezed(draw(facts))


@pytest.mark.parametrize(
    ("login", "ground", "told"),
    [
        ("nurse", EntryGround.LONELY_DEATH, True),
        ("worker", EntryGround.LONELY_DEATH, False),
        ("worker", EntryGround.CONSENT, False),
        ("worker", EntryGround.IMMINENT_HARM, True),
        ("supervisor", EntryGround.IMMINENT_HARM, True),
        ("district_officer", EntryGround.IMMINENT_HARM, False),
    ],
)
def test_health_is_told_by_who_may_read_it_or_where_life_is_in_danger(
    session: Session, town: Town, household: Household, now: datetime, login: str, ground: EntryGround, told: bool
) -> None:
    masking = Masking.AGENCY if login == "district_officer" else Masking.FULL
    facts = printed(session, town, household, now, login=login, ground=ground, masking=masking)
    text = squeezed(draw(facts))
    assert ("".join(HEALTH.split()) in text) is told
    assert ("맥박97" in text) is told
    assert bool(facts.health_withheld) is not told


def test_the_decision_that_holds_stands_on_it_and_an_older_one_does_not(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    assert printed(session, town, household, now).ruling is None
    details = absence_details(household)
    log_absence(session, household, details, typed_at=now, actor=town.who(town.worker), now=now)
    step = absence_step(session, household, today=TODAY)
    assert step is not None
    decision = DecisionDetails(AbsenceVerdict.JOINT_ENTRY, "가슴 통증이 있던 분", step.first_try_on, step.tries)
    decide_absence(session, household, decision, actor=town.who(town.supervisor), now=now)
    ruling = printed(session, town, household, now).ruling
    assert ruling is not None
    assert (ruling.verdict, ruling.reason, ruling.decided_by) == (
        "112·119에 공동 출입 요청", "가슴 통증이 있던 분", "도윤서 팀장"
    )  # fmt: skip
    log_absence(session, household, absence_details(household), typed_at=now, actor=town.who(town.worker), now=now)
    assert printed(session, town, household, now).ruling is None


def test_nothing_is_printed_without_a_ground_in_words(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    for ground in (None, GroundNamed(EntryGround.OTHER, "  ")):
        wanted = PrintRequest(ReportCode.ENTRY_SHEET, Masking.FULL, Purpose.DUTY, household=household, ground=ground)
        with pytest.raises(RuleBroken) as refused:
            print_report(session, wanted, actor=town.who(town.worker), now=now)
        assert (refused.value.code, refused.value.field) == ("GROUND_NEEDED", "ground_words")
    assert session.scalars(select(PrintRecord)).all() == []


def test_it_is_printed_from_the_page_and_stands_on_the_register(
    session: Session, town: Town, sign_in_as: SignIn, household: Household
) -> None:
    browser = sign_in_as(town.worker)
    path = f"/households/{household.id}/entry-sheet"
    form = browser.get(path).form("/entry-sheet")
    assert (form.fields["purpose"], form.fields["masking"]) == ("DUTY", "FULL")
    browser.submit(form, status=422)
    answer = browser.submit(form, status=200, ground="SUSPECTED_DEATH", ground_words="문 앞에 냄새가 남")
    assert answer.mimetype == "application/pdf"
    assert "문앞에냄새가남" in squeezed(answer.data)
    [record] = session.scalars(select(PrintRecord))
    assert (record.code, record.household_id, record.purpose, record.masking) == (
        "E01", household.id, Purpose.DUTY, Masking.FULL
    )  # fmt: skip
    row = session.scalars(select(AccessLog).where(AccessLog.action == Action.PRINT)).one()
    assert row.detail == f"{record.title} FULL SUSPECTED_DEATH"
    again = sign_in_as(town.supervisor)
    again.get("/reports/register")
    assert again.post(f"/reports/register/{record.id}", status=200).data == answer.data


def test_who_may_not_print_unmasked_is_not_offered_it(town: Town, sign_in_as: SignIn, household: Household) -> None:
    browser = sign_in_as(town.district_officer)
    form = browser.get(f"/households/{household.id}/entry-sheet").form("/entry-sheet")
    assert form.fields["masking"] == "AGENCY"
    browser.submit(form, status=422, ground="OTHER", ground_words="까닭", masking="FULL")
    answer = browser.submit(form, status=200, ground="OTHER", ground_words="까닭")
    assert "842호" not in squeezed(answer.data)


@pytest.mark.parametrize(("login", "status"), [("narae_worker", 404), ("privacy_officer", 403), ("administrator", 404)])
def test_strangers_print_nothing(town: Town, sign_in_as: SignIn, household: Household, login: str, status: int) -> None:
    sign_in_as(town.accounts[login]).open(f"/households/{household.id}/entry-sheet", status=status)
