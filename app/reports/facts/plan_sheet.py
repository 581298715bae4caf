"""F04: one version of a plan, the checks of its services, and what the household said and signed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.attachments.queries import AttachmentRecord, list_of_visits
from app.attachments.rules import SignatureState
from app.plans.models import Plan, ServiceCheck
from app.plans.service.signing import paper_of, plan_text
from app.reports.facts.form_parts import goals_of, ground_of, household_facts, services_of
from app.reports.facts.visit_pictures import signature_facts
from app.reports.rules import Letterhead, SignatureFacts
from app.reports.rules.boxed import FormHouseholdFacts, FormWishes
from app.reports.rules.plan_sheet import CheckFacts, PlanSheetFacts

_SATISFIED = {True: "만족", False: "불만족", None: ""}


def gather_plan_sheet(
    session: Session, who: Identity, plan: Plan | None, letterhead: Letterhead, wishes: FormWishes
) -> PlanSheetFacts:
    """The facts of one version, or of a blank form; unmasked, to be masked by the caller."""
    if plan is None:
        return PlanSheetFacts(household=FormHouseholdFacts(), **ground_of(letterhead, wishes))
    case = plan.case
    return PlanSheetFacts(
        household=household_facts(plan.household, letterhead.written_on),
        version=f"{plan.number}판",
        state=plan.state.label,
        drawn_on=plan.drawn_on,
        drawn_by=plan.by.name,
        approved_on=plan.approved_on,
        because=plan.because,
        case_class=case.case_class.label if case.case_class else "",
        keeper=case.keeper.name if case.keeper else "",
        goals=goals_of(plan),
        services=services_of(plan),
        checks=_checks(plan),
        clients_view=plan.clients_view,
        signer=plan.signer_name,
        unsigned_because=plan.unsigned_because,
        signature=_signature(session, who, plan),
        **ground_of(letterhead, wishes),
    )


def _checks(plan: Plan) -> tuple[CheckFacts, ...]:
    made = [(check, service.title) for service in plan.services for check in service.checks]
    return tuple(_check(check, title) for check, title in sorted(made, key=lambda each: each[0].checked_on))


def _check(check: ServiceCheck, title: str) -> CheckFacts:
    return CheckFacts(
        checked_on=check.checked_on,
        service=title,
        given="제공됨" if check.is_given else "제공되지 않음",
        satisfied=_SATISFIED[check.is_satisfied],
        note=check.note,
        by=check.by.name,
    )


def _signature(session: Session, who: Identity, plan: Plan) -> SignatureFacts | None:
    """The signature that counts for this version, drawn; None where nobody signed."""
    key = paper_of(plan)
    found = list_of_visits(session, who, [key]).get(key, [])
    row = next((each for each in found if each.id == plan.signature_id and each.strokes), None)
    return None if row is None else signature_facts(row, _state(row, plan).label)


def _state(row: AttachmentRecord, plan: Plan) -> SignatureState:
    return SignatureState.STANDS if row.signed_hash == plan_text(plan).sha256 else SignatureState.DIFFERS
