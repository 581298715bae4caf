"""Cases on the line of time: first talks and every step, plans, checks, referrals and emergency aid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from app.cases.models import Case
from app.cases.queries import list_counselling
from app.cases.queries.emergency import aids_of
from app.cases.rules.emergency import Crisis
from app.households.models import Household
from app.plans.models import ServiceCheck
from app.plans.queries import plans_of_household, referrals_of
from app.timelines.queries.words import noon, short
from app.timelines.rules import Door, Event, EventKind


def cases(session: Session, household: Household, rows: Sequence[Case]) -> Iterator[Event]:
    """Every step of every case, and the first talks."""
    for case in rows:
        for step in case.steps:
            yield Event(
                EventKind.CASE, noon(step.on), f"사례 {step.to_stage.label}", short(step.because), "brand", "case",
                opens=Door("cases.show", {"case_id": case.id}), tags=(step.by.name,),
            )  # fmt: skip
    for talk in list_counselling(session, household.id):
        opens = Door("cases.show", {"case_id": talk.case_id}) if talk.case_id else None
        yield Event(
            EventKind.CASE, noon(talk.counselled_on), f"초기상담 {talk.way.label}", short(talk.complaint), icon="case",
            opens=opens, tags=(talk.by.name,),
        )  # fmt: skip


def plans(session: Session, household: Household) -> Iterator[Event]:
    """Each version when it was approved, and the checks of its services."""
    for plan in plans_of_household(session, household.id):
        opens = Door("plans.show", {"plan_id": plan.id})
        if plan.approved_on is not None:
            title, words = f"서비스 제공계획 {plan.number}판 승인", ", ".join(each.title for each in plan.services)
            yield Event(EventKind.PLAN, noon(plan.approved_on), title, short(words), "brand", "report", opens=opens)
        for service in plan.services:
            for check in service.checks:
                yield _check(service.title, check, opens)


def _check(title: str, check: ServiceCheck, opens: Door) -> Event:
    how, tone, icon = ("제공됨", "ok", "check") if check.is_given else ("제공되지 않음", "warn", "warning")
    return Event(
        EventKind.PLAN, noon(check.checked_on), f"점검 {title}: {how}", short(check.note), tone, icon, opens=opens,
        tags=(check.by.name,),
    )  # fmt: skip


def referrals(session: Session, household: Household) -> Iterator[Event]:
    """What was asked of other agencies, and what they answered."""
    for row in referrals_of(session, household.id):
        opens = Door("plans.show_referral", {"referral_id": row.id})
        if row.sent_on is not None:
            yield Event(
                EventKind.PLAN, noon(row.sent_on), f"의뢰 {row.receiver}", short(row.asked_for), icon="out",
                opens=opens, tags=(row.by.name,),
            )  # fmt: skip
        if row.replied_on is not None and row.reply is not None:
            title = f"회신 {row.receiver}: {row.reply.label}"
            yield Event(EventKind.PLAN, noon(row.replied_on), title, short(row.reply_note), icon="mail", opens=opens)


def aids(session: Session, household: Household) -> Iterator[Event]:
    """Steps of emergency aid."""
    for aid in aids_of(session, household.id):
        crisis = Crisis(aid.crisis).label if aid.crisis in Crisis.__members__ else aid.crisis
        decided = "" if aid.is_granted is None else "지원" if aid.is_granted else "지원하지 않음"
        steps = (
            (aid.asked_at, "요청", crisis), (aid.checked_at, "현장확인", aid.check_note),
            (aid.decided_at, f"결정 {decided}", aid.decision_note),
            (noon(aid.surveyed_on) if aid.surveyed_on else None, "사후조사", aid.survey_note),
        )  # fmt: skip
        for at, step, text in steps:
            if at is not None:
                yield Event(
                    EventKind.PLAN, at, f"긴급복지 {step}", short(text), "warn", "warning",
                    has_time=step != "사후조사", opens=Door("cases.show_aid", {"aid_id": aid.id}),
                )  # fmt: skip
