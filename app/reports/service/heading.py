"""What stands above a paper: whose it is, its number, its copy and the time it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre, District
from app.core.clock import korean_date
from app.reports import facts as gather
from app.reports import queries
from app.reports.rules import (
    BY_HAND,
    DEFAULT_APPROVALS,
    DISTRICT_APPROVALS,
    Letterhead,
    ReportCode,
    document_number,
    wording,
)
from app.reports.service.boxed_forms import FORMS
from app.reports.service.counting import COUNTING_RULES, HAS_APPROVALS
from app.reports.service.requests import (
    PrintRequest,
    acted_on_of,
    assignee_of,
    counted_subject_of,
    form_subject_of,
    is_by_hand,
    period_of,
    subject_of,
)

OF_A_PERIOD = (ReportCode.INCIDENTS, ReportCode.CASES, ReportCode.NEEDS)
OF_COUNTS = (ReportCode.ROUND, ReportCode.CASES, ReportCode.NEEDS)
"""Papers whose copies are counted by what was asked, and not by the office alone."""


def _period_words(request: PrintRequest, now: datetime) -> str:
    """What stands under the title."""
    if request.code in (ReportCode.ENTRY_SHEET, ReportCode.PROTECTION):
        return f"{wording.moment(now)} 현재"
    if is_by_hand(request):
        return BY_HAND
    if request.visits:
        days = sorted(visit.occurred_on for visit in request.visits)
        return wording.day(days[0]) if days[0] == days[-1] else wording.span(days[0], days[-1])
    today = wording.as_of(korean_date(now))
    if acted_on := acted_on_of(request):
        return wording.day(acted_on)
    if request.of_round:
        return f"{request.of_round.title}, {today}"
    return wording.span(*period_of(request)) if request.code in OF_A_PERIOD else today


def letterhead_of(session: Session, request: PrintRequest, actor: Identity, now: datetime) -> Letterhead:
    """The letterhead of the next copy, numbered while its office is held."""
    office = office_of(session, request)
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
        approvals=_approvals(request, office),
        counting_rules=COUNTING_RULES.get(request.code, ()),
    )


def _approvals(request: PrintRequest, office: Office) -> tuple[str, ...]:
    """Who signs; a blank form without a centre will be some centre's, whoever printed it."""
    if request.code not in HAS_APPROVALS:
        return ()
    return DISTRICT_APPROVALS if office.centre_id is None and not is_by_hand(request) else DEFAULT_APPROVALS


def _copies(session: Session, request: PrintRequest, office: Office) -> int:
    if request.wishes is not None or request.code in OF_COUNTS or request.code in FORMS:
        subject = _asked_subject(request)
        return queries.count_copies_of_sheets(session, request.code.value, office.centre_id, subject)
    return queries.count_copies(session, request.code.value, centre_id=office.centre_id, **subject_of(request))


def _asked_subject(request: PrintRequest) -> str:
    if request.wishes is not None:
        return gather.subject_of(request.visits, request.wishes)
    if request.code in FORMS:
        return form_subject_of(request)
    return counted_subject_of(request)


@dataclass(frozen=True, slots=True)
class Office:
    """Whose paper it is: a centre's, or the 시군구's where it speaks of several centres."""

    centre_id: int | None
    district: str
    name: str
    """The centre's; "" for the 시군구's own paper."""
    short: str
    """Stands in the document number."""


def office_of(session: Session, request: PrintRequest) -> Office:
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
    return request.household.centre_id if request.household else assignee_of(request).centre_id
