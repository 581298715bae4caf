"""Print: gather, mask, write the register, and hand over what is to be drawn after the commit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.reports import documents, sheets
from app.reports.models import PrintRecord
from app.reports.rules import Facts, Letterhead, Medium, ReportCode, fingerprint, judge_print, masked, to_json
from app.reports.service.gathering import GATHER
from app.reports.service.heading import letterhead_of, office_of
from app.reports.service.requests import PrintRequest, subject_of

COUNTED = ("households", "rows", "sheets")
"""Where the facts of a paper keep what its row of the access log counts."""


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
    if request.medium is Medium.XLSX and not sheets.has_sheet(request.code):
        raise RuleBroken("NO_SHEET", "이 보고서는 엑셀로 만들지 않습니다. PDF로 만들어 주세요.", field="code")
    letterhead = letterhead_of(session, request, actor, now)
    facts = masked(GATHER[request.code](session, request, letterhead, actor, now), request.masking)
    record = _register(session, request, letterhead, facts, actor, now)
    return record, facts


def template_of(medium: Medium, code: ReportCode) -> str:
    """The version of the template that draws a paper in a medium today; KeyError when it cannot be had in it."""
    return documents.template_version(code) if medium is Medium.PDF else sheets.template_version(code)


def _register(
    session: Session, request: PrintRequest, head: Letterhead, facts: Facts, actor: Identity, now: datetime
) -> PrintRecord:
    record = PrintRecord(
        code=request.code.value,
        title=head.document_number,
        centre_id=office_of(session, request).centre_id,
        masking=request.masking,
        purpose=request.purpose,
        copy_number=head.copy_number,
        template_version=template_of(request.medium, request.code),
        facts=json.loads(to_json(facts)),
        facts_hash=fingerprint(facts),
        written_on=head.written_on,
        printed_at=now,
        printed_by_id=actor.account_id,
        **subject_of(request),
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
        Action.PRINT if request.medium is Medium.PDF else Action.EXPORT,
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
