"""사례회의록 on paper: room to write before the meeting, what was decided after it, no more than the reader may see."""

from __future__ import annotations

from datetime import time
from io import BytesIO
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.queries import list_centres
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.cases.rules import CaseStage
from app.conferences import service
from app.conferences.rules import ConferenceKind, Decision
from app.core.database import new_id
from app.households.rules import HealthGround
from app.needs.models import NeedFound, NeedsAssessment, NeedsForm
from app.needs.rules import NeedLevel
from app.reports.documents import draw
from app.reports.models import PrintRecord
from app.reports.rules import Masking, Purpose, ReportCode, from_json, to_json
from app.reports.rules.minutes_sheet import HEALTH_NEEDS_WITHHELD
from app.reports.service import PrintRequest, print_report
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.cases import brought_to
from tests.factories.conferences import conference, confirm, decide
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.moments import NOW, TODAY

D = Decision


def words_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def printed(session: Session, who: Any, held: Any, masking: Masking = Masking.AGENCY, **more: Any) -> Any:
    wanted = PrintRequest(
        ReportCode.MINUTES_SHEET, masking, Purpose.MEETING, centres=(held.centre,), about=held, **more
    )
    return print_report(session, wanted, actor=who, now=NOW)


@pytest.fixture
def held(session: Session, worker: Any) -> Any:
    """Two households before an internal conference."""
    cases = [brought_to(session, add_household(session, worker), worker, CaseStage.CONFERENCE) for _ in range(2)]
    return conference(session, worker, *cases)


def found(session: Session, household: Any, by: Any, *items: tuple[str, NeedLevel]) -> None:
    """A survey of needs with these levels."""
    form = session.scalars(select(NeedsForm)).first()
    if form is None:
        form = NeedsForm(version="t", name="t", effective_from=TODAY, document={})
        session.add(form)
        session.flush()
    rows = [NeedFound(position=at, item=item, level=level) for at, (item, level) in enumerate(items, 1)]
    session.add(
        NeedsAssessment(
            id=new_id(), household_id=household.id, form_id=form.id, assessed_on=TODAY, by_id=by.account_id, at=NOW,
            found=rows,
        )
    )  # fmt: skip
    session.flush()


def test_before_the_meeting_the_paper_is_an_agenda_to_write_on(session: Session, worker: Any, held: Any) -> None:
    _record, facts = printed(session, worker, held)
    text = words_of(draw(facts))
    title = held.agenda[0].case.household.title
    for said in (
        "사례회의록",
        "내부사례회의",
        "참석자",
        "김다솜",
        "가람종합복지관",
        "서명",
        f"안건 1. {title}",
        "월세가 밀리고",
    ):
        assert said in text
    for offered in ("□ 선정: 사례관리(일반)", "□ 미선정", "□ 다음 회의로"):
        assert offered in text.replace("\N{NO-BREAK SPACE}", " ")
    assert all(item.is_open for item in facts.households)
    assert "확정 전" in text
    assert "결 재" in text or "팀장" in text


def test_after_the_confirmation_it_says_what_was_decided_and_what_was_put_right(
    session: Session, town: Town, worker: Any, held: Any
) -> None:
    lead = town.who(town.supervisor)
    more = {"began": time(10, 0), "ended": time(11, 20), "opening": "김장 나눔을 알림"}
    decide(session, held, worker, (D.SELECT_GENERAL, "끼니를 거르심 <b>"), (D.LINKAGE, "반찬만"), **more)
    confirm(session, held, lead)
    service.add_addendum(session, held, "둘째 안건의 글자를 바로잡음", actor=lead, now=NOW)
    record, facts = printed(session, lead, held)
    text = words_of(draw(facts)).replace("\N{NO-BREAK SPACE}", " ")
    for said in ("10:00 ~ 11:20", "김장 나눔을 알림", "■ 선정: 사례관리(일반)", "■ 서비스연계", "끼니를 거르심 <b>",
                 "돌아가며 이야기함", "둘째 안건의 글자를", "확정 (도윤서"):  # fmt: skip
        assert said in text
    assert "□" not in text.split("안건 1.")[1].split("덧붙인 글")[0]
    assert from_json(to_json(facts)) == facts
    assert (record.code, record.centre_id, record.household_id) == ("F03", held.centre_id, None)
    assert printed(session, lead, held)[0].copy_number == record.copy_number + 1


def test_health_needs_stand_only_on_the_paper_of_those_who_may_read_them(
    session: Session, town: Town, worker: Any, held: Any
) -> None:
    item = held.agenda[0]
    found(session, item.case.household, worker, ("HEALTH_MENTAL", NeedLevel.URGENT), ("ECON_BASIC", NeedLevel.NEEDED))
    assert "정신 건강(긴급)" in words_of(draw(printed(session, town.who(town.nurse), held)[1]))
    without = printed(session, worker, held)[1]
    assert without.households[0].health == HEALTH_NEEDS_WITHHELD
    assert "정신 건강" not in to_json(without)
    item.case.household.health_ground = HealthGround.CONSENT
    session.flush()
    assert "정신 건강(긴급)" in to_json(printed(session, town.who(town.supervisor), held)[1])


def test_first_lines_of_an_agenda_hold_no_health(session: Session, worker: Any) -> None:
    household = add_household(session, worker)
    case = brought_to(session, household, worker, CaseStage.CONFERENCE)
    found(session, household, worker, ("HEALTH_PHYSICAL", NeedLevel.NEEDED), ("ECON_BASIC", NeedLevel.URGENT))
    [item] = conference(session, worker, case).agenda
    assert "기초생활(긴급)" in item.summary
    assert "건강" not in item.summary


def test_phone_numbers_in_what_was_said_are_masked(session: Session, worker: Any, held: Any) -> None:
    decide(session, held, worker, (D.NEXT_TIME, "딸 010-5511-2037에게 물어봄"), (D.NEXT_TIME, ""))
    assert "2037" in to_json(printed(session, worker, held)[1])
    assert "5511" not in to_json(printed(session, worker, held)[1])
    assert "5511" in to_json(printed(session, worker, held, Masking.FULL)[1])


def test_a_blank_form_names_nobody(session: Session, town: Town, worker: Any) -> None:
    wanted = PrintRequest(
        ReportCode.MINUTES_SHEET, Masking.STATISTICS, Purpose.DUTY, centres=(town.garam,), is_blank=True
    )
    _record, facts = print_report(session, wanted, actor=worker, now=NOW)
    text = words_of(draw(facts)).replace("\N{NO-BREAK SPACE}", " ")
    assert "손으로 쓰는 서식" in text
    assert "□ 솔루션회의" in text
    assert "■" not in text
    assert "해당 없음" not in text


def test_the_paper_of_several_centres_is_the_districts_and_counts_what_is_unseen(
    sign_in_as: Any, session: Session, town: Town, worker: Any
) -> None:
    officer, other = town.who(town.district_officer), town.who(town.narae_worker)
    ours = brought_to(session, add_household(session, worker), worker, CaseStage.CONFERENCE)
    theirs = brought_to(session, add_household(session, other), other, CaseStage.CONFERENCE)
    held = conference(session, officer, ours, theirs, kind=ConferenceKind.INTEGRATED, centre_id=town.garam.id)
    session.commit()
    for whom, centre_id, shown in ((Role.DISTRICT, None, 2), (town.worker, town.garam.id, 1)):
        browser = sign_in_as(whom)
        form = browser.get(f"/conferences/{held.id}/paper").form("/paper")
        answer = browser.submit(form, status=200)
        assert answer.data.startswith(b"%PDF")
        record = session.scalars(select(PrintRecord).order_by(PrintRecord.id.desc())).first()
        assert record is not None
        assert record.centre_id == centre_id
        assert (len(record.facts["facts"]["households"]), record.facts["facts"]["unseen"]) == (shown, 2 - shown)
        looks = session.scalars(
            select(AccessLog.row_count).where(
                AccessLog.action == Action.PRINT, AccessLog.subject == f"conference:{held.id}"
            )
        ).all()
        assert looks[-1] == shown
    assert len(list_centres(session, officer)) > 1
