"""The words of a plan that its household agrees to, and the signature below them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy.orm import Session, object_session

from app.access.identity import Identity
from app.attachments import service as attachments
from app.attachments.rules import SignatureDetails, SignedText
from app.attachments.service import FileStore
from app.needs.queries import item_label
from app.plans.models import Plan, PlanGoal, PlanService
from app.plans.rules import PlanState, gaps_of
from app.plans.service.drafting import PlanIncomplete, draft_of, refuse_unless
from app.plans.service.writing import hold, written


def plan_text(plan: Plan) -> SignedText:
    """Everything of a version that is read out before it is signed; its number is that of the version."""
    return SignedText("\n".join(_lines(plan)), plan.number)


def _lines(plan: Plan) -> Iterator[str]:
    yield f"서비스 제공계획 {plan.number}판 ({plan.drawn_on.isoformat()})"
    if plan.because.strip():
        yield f"바꾸는 까닭: {plan.because.strip()}"
    for at, goal in enumerate(plan.goals, 1):
        by_when = f", {goal.target_on.isoformat()}까지" if goal.target_on else ""
        yield f"목표 {at} ({goal.span.label}, {need_words(goal)}{by_when}): {goal.text.strip()}"
    for at, each in enumerate(plan.services, 1):
        yield f"서비스 {at}: {service_words(each)}"
    yield f"본인·가족의 의견: {plan.clients_view.strip()}"


def need_words(goal: PlanGoal) -> str:
    """What the need of a goal is called, by the form of the office that has it."""
    session = object_session(goal)
    return item_label(session, goal.need) if session is not None else goal.need


def service_words(each: PlanService) -> str:
    """«밑반찬 (현물), 주 2회, 2026-11-01부터 2027-01-31까지, 제공 가람복지관»."""
    until = f" {each.ends_on.isoformat()}까지" if each.ends_on else ""
    return f"{each.title.strip()} ({each.method.label}), {each.amount.strip()}, {each.starts_on.isoformat()}부터{until}, 제공 {each.giver.strip()}"


def paper_of(plan: Plan) -> UUID:
    """The id by which a version's signatures are kept."""
    return uuid5(NAMESPACE_OID, f"service-plan:{plan.id}")


def sign_plan(
    session: Session, plan: Plan, details: SignatureDetails, *, shown_hash: str, store: FileStore, actor: Identity,
    now: datetime,
) -> None:  # fmt: skip
    """Keep the household's signature for a version, or why there is none and who saw that.

    Raises:
        PlanIncomplete: the plan still lacks something; nobody signs half a plan.
        RuleBroken: it is not being written any more, nobody signed and no reason is given, or the text has changed.
    """
    hold(session, plan)
    refuse_unless(plan, PlanState.DRAFT)
    gaps = gaps_of(draft_of(plan), number=plan.number)
    if gaps:
        raise PlanIncomplete(gaps)
    signature = attachments.sign(
        session, plan.case.household, details, plan_text(plan), shown_hash=shown_hash, belongs_to=paper_of(plan),
        store=store, actor=actor, now=now,
    )  # fmt: skip
    plan.signature_id, plan.signer_name, plan.unsigned_because = signature.id, signature.signer, details.words
    written(session, plan, "서명", actor=actor, now=now)
