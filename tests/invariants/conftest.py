"""A town in which every kind of thing exists once, so that every URL has something to open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from app.accounts import service as accounts
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.core.database import new_id
from app.discoveries import queries as discoveries
from app.discoveries.models import ListRow
from app.discoveries.service import import_list
from app.households.models import Household
from app.households.rules import HealthGround, Risk
from app.households.service import judge_risk
from app.reports.rules import Masking, Purpose, ReportCode
from app.reports.service import PrintRequest, print_report
from app.seed.reference import seed_folder
from app.visits import service as visits
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_flag, add_household, set_rule
from tests.factories.town import Town
from tests.factories.visits import absence_details, visit_details
from tests.moments import TODAY, day

CANARY_NAME = "김순자"
CANARY_PHONE = "2646-2265"


@dataclass(frozen=True)
class Furnished:
    """The town's one household with everything in it, and what each URL's values are called."""

    household: Household
    values: Mapping[str, Any]


@pytest.fixture
def furnished(session: Session, town: Town, now: datetime) -> Furnished:
    """A household of 가람동 with a past; the nurse, the worker and the supervisor each did something."""
    nurse, worker, supervisor = (town.who(account) for account in (town.nurse, town.worker, town.supervisor))
    household = add_household(session, worker, HEAD, SPOUSE, health_ground=HealthGround.CONSENT)
    judge_risk(session, household, Risk.HIGH, reason="혼자 넘어짐", actor=worker, now=now)
    flag = add_flag(session, household, worker)
    term = set_rule(session, household, "CASE_CHECK_GENERAL", worker, starts_on=day(-60))
    assigned = assignments.assign(session, household, Duty.NURSE, town.nurse, actor=supervisor, now=now)
    cover = accounts.arrange_cover(
        session, town.nurse, town.other_nurse, from_on=TODAY, until_on=day(2), reason="연가", actor=supervisor, now=now
    )
    absence = absence_details(household, day(-3))
    visits.log_absence(session, household, absence, typed_at=now, actor=nurse, now=now)
    visit = visits.log_visit(session, household, visit_details(household), typed_at=now, actor=nurse, now=now)
    draft = visits.save_draft(
        session, household, new_id(), form="visit", body={"welfare_note": "글"}, version=0, actor=nurse, now=now
    )
    request = PrintRequest(ReportCode.CASE_REPORT, Masking.PARTIAL, next(iter(Purpose)), household=household)
    record, _facts = print_report(session, request, actor=supervisor, now=now)
    imported = import_list(
        session, (seed_folder() / "discovery_list.csv").read_bytes(), centre=town.garam, actor=supervisor, now=now
    )
    row = session.scalars(select(ListRow).where(ListRow.list_id == imported.id).order_by(ListRow.id)).first()
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
            "row_id": row.id, "filename": "css/base.css",
        },
    )  # fmt: skip
