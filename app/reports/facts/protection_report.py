"""E03: a restricted task as its report says it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.clock import korean_date
from app.core.text import format_phone
from app.reports.facts.persons import age_text, birth_text
from app.reports.rules import REPORTER_WITHHELD, Letterhead, Masking, ProtectionReportFacts
from app.safety.models import ProtectionTask
from app.safety.queries import list_named
from app.safety.rules import open_for


def gather_protection_report(
    session: Session, task: ProtectionTask, letterhead: Letterhead, *, now: datetime
) -> ProtectionReportFacts:
    """The facts of the report. Who reported it is in them only where nothing is masked."""
    household, tells = task.household, letterhead.masking is Masking.FULL
    return ProtectionReportFacts(
        letterhead=letterhead,
        task_id=task.id,
        kind=task.kind.label,
        number=household.number,
        household=household.title,
        address=household.address,
        phone=format_phone(household.phone),
        **_person(task, now),
        because=task.because,
        opened_at=task.opened_at,
        opened_by=task.opened_by.title,
        reported_to=task.reported_to,
        reported_at=task.reported_at,
        receipt_number=task.receipt_number,
        reporter=task.reporter if tells else "",
        reporter_withheld="" if tells or not task.reporter else REPORTER_WITHHELD,
        outcome=task.outcome,
        closed_at=task.closed_at,
        open_for=open_for(task.opened_at, task.closed_at or now),
        named=tuple(person.title for person in list_named(session, task)),
    )


def _person(task: ProtectionTask, now: datetime) -> dict[str, Any]:
    member = task.member
    if member is None:
        return {"person": "", "born": "", "age": "", "sex": ""}
    return {
        "person": member.name, "born": birth_text(member), "age": age_text(member, korean_date(now)),
        "sex": member.sex.label if member.sex else "",
    }  # fmt: skip
