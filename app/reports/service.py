"""Print: gather, mask, write the register, and hand over what is to be drawn after the commit."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.models import Account, Centre, District
from app.attachments.service import FileStore
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import NotFound, RuleBroken
from app.households.models import Household
from app.reports import facts as gather
from app.reports import queries
from app.reports.documents import template_version
from app.reports.models import PrintRecord
from app.reports.rules import (
    Facts,
    GroundNamed,
    Letterhead,
    Masking,
    Purpose,
    ReportCode,
    SheetWishes,
    document_number,
    fingerprint,
    judge_print,
    masked,
    to_json,
    wording,
)
from app.safety.models import ProtectionTask
from app.visits.models import Visit

COUNTING_RULES = {
    ReportCode.CASE_REPORT: (
        "방문 = 방문-대면만; 부재·전화·안내장 제외. 마지막 대면 = 목적과 상관없이 가장 늦은 방문-대면.",
        "경과 = 오늘이 기한보다 뒤인 것. 측정값의 판정은 참고이며 진단이 아님.",
    ),
    ReportCode.CASELOAD: (
        "가구 = 출력한 날 관리 중인 담당 가구. 군 분류 = 가구원 가운데 가장 집중하는 군.",
        "경과 = 오늘이 기한보다 뒤인 것. 이번 주 = 오늘부터 일요일까지. 마지막 대면 = 방문-대면만; 부재·전화·안내장 제외.",
    ),
    ReportCode.SCHEDULE: ("기한이 지났거나 오늘인 가구를 급한 순서로 실음. 방문 = 방문-대면만.",),
    ReportCode.ENTRY_SHEET: (),  # the one count on it says beside itself how it was counted
    ReportCode.VISIT_SHEET: (),  # nothing is counted on it
    ReportCode.PHONE_TREE: (),
    ReportCode.PROTECTION: (),
    ReportCode.INCIDENTS: (
        "한 건 = 직원이 알린 안전사고 하나. 일어난 날(한국 시각)의 달에 셈. 알리지 않은 일은 들어 있지 않음.",
        "센터 = 가구에서 일어난 일은 그 가구의 센터, 그 밖의 일은 직원의 센터. 연락 = 그 자리에서 전화한 곳(여럿일 수 있음).",
    ),
}
HAS_APPROVALS = (
    ReportCode.CASE_REPORT, ReportCode.CASELOAD, ReportCode.ENTRY_SHEET, ReportCode.PROTECTION, ReportCode.INCIDENTS,
    ReportCode.VISIT_SHEET,
)  # fmt: skip


COUNTED = ("households", "rows", "sheets")
"""Where the facts of a paper keep what its row of the access log counts."""


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What somebody asked to have printed."""

    code: ReportCode
    masking: Masking
    purpose: Purpose
    household: Household | None = None
    assignee: Account | None = None
    ground: GroundNamed | None = None
    """On what ground a household's facts leave the office; for the entry request."""
    centres: tuple[Centre, ...] = ()
    """Of which centres; several only for the counts of a 시군구."""
    first_on: date | None = None
    last_on: date | None = None
    """From which day to which, both included; for counts."""
    task: ProtectionTask | None = None
    """The restricted task; for its report."""
    visits: tuple[Visit, ...] = ()
    """The records to be printed as sheets, loaded within the scope of whoever prints."""
    wishes: SheetWishes | None = None
    """On which form, and what an empty field says; for visit records."""
    pictures: FileStore | None = None
    """Where photos lie; for visit records with photos, which only a paper that hides nothing shows."""


def print_report(
    session: Session, request: PrintRequest, *, actor: Identity, now: datetime
) -> tuple[PrintRecord, Facts]:
    """Write a print into the register and return it with the masked facts to draw.

    Raises:
        RuleBroken: no purpose, an unmasked print by somebody who may not, or what the paper is about is missing.
    """
    may = can(actor, Permission.PRINT_UNMASKED)
    verdict = judge_print(request.masking, request.purpose, may_print_unmasked=may)
    if not verdict.allowed:
        raise RuleBroken("PRINT_REFUSED", verdict.because, field="masking")
    letterhead = _letterhead(session, request, actor, now)
    facts = masked(_GATHER[request.code](session, request, letterhead, actor, now), request.masking)
    record = _register(session, request, letterhead, facts, actor, now)
    return record, facts


def _case_report(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    if request.household is None:
        raise RuleBroken("HOUSEHOLD_NEEDED", "어느 가구의 보고서인지 골라 주세요.", field="household_id")
    return gather.gather_case_report(session, actor, request.household, head, now=now)


def _caseload(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    return gather.gather_caseload(session, actor, _assignee(request), head, now=now)


def _schedule(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    return gather.gather_schedule(session, actor, _assignee(request), head, now=now)


def _entry_sheet(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    if request.household is None:
        raise RuleBroken("HOUSEHOLD_NEEDED", "어느 가구의 요청서인지 골라 주세요.", field="household_id")
    if request.ground is None or not request.ground.words.strip():
        raise RuleBroken("GROUND_NEEDED", "무슨 근거로 요청하는지 골라서 적어 주세요.", field="ground_words")
    return gather.gather_entry_sheet(session, actor, request.household, request.ground, head, now=now)


def _incidents(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    first_on, last_on = _period(request)
    return gather.gather_incident_report(session, actor, request.centres, head, first_on=first_on, last_on=last_on)


def _phone_tree(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    return gather.gather_phone_tree(session, request.centres[0], head, now=now)


def _protection(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    if request.task is None or not can(actor, Permission.SEE_PROTECTION, request.task):
        raise NotFound
    return gather.gather_protection_report(session, request.task, head, now=now)


def _visit_sheets(session: Session, request: PrintRequest, head: Letterhead, actor: Identity, now: datetime) -> Facts:
    wishes = request.wishes or SheetWishes()
    if not request.visits and not wishes.blanks:
        raise RuleBroken("VISITS_NEEDED", "출력할 방문을 하나 이상 골라 주세요.", field="visits")
    pictures = request.pictures if wishes.with_photos and request.masking is Masking.FULL else None
    return gather.gather_visit_sheets(session, actor, request.visits, wishes, head, pictures=pictures)


_GATHER: dict[ReportCode, Callable[[Session, PrintRequest, Letterhead, Identity, datetime], Facts]] = {
    ReportCode.CASE_REPORT: _case_report,
    ReportCode.CASELOAD: _caseload,
    ReportCode.SCHEDULE: _schedule,
    ReportCode.ENTRY_SHEET: _entry_sheet,
    ReportCode.INCIDENTS: _incidents,
    ReportCode.PHONE_TREE: _phone_tree,
    ReportCode.PROTECTION: _protection,
    ReportCode.VISIT_SHEET: _visit_sheets,
}


def _assignee(request: PrintRequest) -> Account:
    if request.assignee is None:
        raise RuleBroken("ASSIGNEE_NEEDED", "누구의 보고서인지 골라 주세요.", field="account_id")
    return request.assignee


def _period(request: PrintRequest) -> tuple[date, date]:
    if request.first_on is None or request.last_on is None:
        raise RuleBroken("PERIOD_NEEDED", "언제부터 언제까지인지 골라 주세요.", field="first_on")
    return request.first_on, request.last_on


def _period_words(request: PrintRequest, now: datetime) -> str:
    """What stands under the title."""
    if request.code in (ReportCode.ENTRY_SHEET, ReportCode.PROTECTION):
        return f"{wording.moment(now)} 현재"
    if request.visits:
        days = sorted(visit.occurred_on for visit in request.visits)
        return wording.day(days[0]) if days[0] == days[-1] else wording.span(days[0], days[-1])
    return wording.span(*_period(request)) if request.code is ReportCode.INCIDENTS else wording.as_of(korean_date(now))


def _letterhead(session: Session, request: PrintRequest, actor: Identity, now: datetime) -> Letterhead:
    office = _office(session, request)
    today = korean_date(now)
    copies = _copies(session, request, office)
    serial = 1 + queries.count_in_year(session, request.code.value, office.centre_id, year=today.year)
    return Letterhead(
        title=request.code.label,
        district=office.district,
        centre=office.name,
        period=_period_words(request, now),
        document_number=document_number(office.short, request.code, today, serial),
        written_on=today,
        printed_by=f"{actor.name} {actor.role.label}",
        printed_at=now,
        purpose=request.purpose,
        masking=request.masking,
        copy_number=copies + 1,
        approvals=("담당", "팀장", "동장") if request.code in HAS_APPROVALS else (),
        counting_rules=COUNTING_RULES[request.code],
    )


def _copies(session: Session, request: PrintRequest, office: Office) -> int:
    if request.wishes is not None:
        subject = gather.subject_of(request.visits, request.wishes)
        return queries.count_copies_of_sheets(session, request.code.value, office.centre_id, subject)
    return queries.count_copies(session, request.code.value, centre_id=office.centre_id, **_subject(request))


@dataclass(frozen=True, slots=True)
class Office:
    """Whose paper it is: a centre's, or the 시군구's where it speaks of several centres."""

    centre_id: int | None
    district: str
    name: str
    """The centre's; "" for the 시군구's own paper."""
    short: str
    """Stands in the document number."""


def _office(session: Session, request: PrintRequest) -> Office:
    """The office whose paper it is, held until the commit so that no two papers get one number."""
    if len(request.centres) > 1:
        held = select(District).where(District.id == request.centres[0].district_id).with_for_update(of=District)
        district = session.scalars(held).one()
        return Office(None, district.name, "", district.name)
    centre = session.scalars(select(Centre).where(Centre.id == _centre_id(request)).with_for_update(of=Centre)).one()
    return Office(centre.id, centre.district.name, centre.name, centre.dong)


def _centre_id(request: PrintRequest) -> int | None:
    if request.centres:
        return request.centres[0].id
    if request.task:
        return request.task.centre_id
    return request.household.centre_id if request.household else _assignee(request).centre_id


def _subject(request: PrintRequest) -> dict[str, int | None]:
    return {
        "household_id": _household_id(request),
        "subject_account_id": request.assignee.id if request.assignee else None,
    }


def _household_id(request: PrintRequest) -> int | None:
    if request.task:
        return request.task.household_id
    return request.household.id if request.household else None


def _register(
    session: Session, request: PrintRequest, head: Letterhead, facts: Facts, actor: Identity, now: datetime
) -> PrintRecord:
    record = PrintRecord(
        code=request.code.value,
        title=head.document_number,
        centre_id=_office(session, request).centre_id,
        masking=request.masking,
        purpose=request.purpose,
        copy_number=head.copy_number,
        template_version=template_version(request.code),
        facts=json.loads(to_json(facts)),
        facts_hash=fingerprint(facts),
        written_on=head.written_on,
        printed_at=now,
        printed_by_id=actor.account_id,
        **_subject(request),
    )
    session.add(record)
    session.flush()
    _record(session, record, request, facts, actor, now)
    return record


def _record(
    session: Session, record: PrintRecord, request: PrintRequest, facts: Facts, actor: Identity, now: datetime
) -> None:
    people: Sequence[object] = next(filter(None, (getattr(facts, each, None) for each in COUNTED)), (record,))
    audit.record(
        session,
        Action.PRINT,
        subject=f"print:{record.id}",
        household_id=record.household_id,
        row_count=len(people),
        detail=" ".join(
            (
                record.title,
                request.masking.value,
                *([request.ground.ground.value] if request.ground else []),
                *_shown(request),
            )
        ),
        purpose=request.purpose.label,
        actor=actor,
        now=now,
    )


def _shown(request: PrintRequest) -> tuple[str, ...]:
    """The households of visit records printed together, as lists name them."""
    if request.household is not None or not request.visits:
        return ()
    return (",".join(map(str, sorted({visit.household_id for visit in request.visits}))),)
