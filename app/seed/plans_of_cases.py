"""Providers of the fictional district, plans of its cases with their checks, referrals, emergency aid: through the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import gettempdir
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.attachments.rules import NotSigned, SignatureDetails, SignerRole
from app.attachments.service import FileStore
from app.cases import queries as case_queries
from app.cases.models import Case
from app.cases.rules import CARE, ApprovalKind, CaseStage, Verdict
from app.cases.rules.emergency import AidKind, Crisis
from app.cases.service import decide_approval
from app.cases.service.emergency import DecisionDetails, ask_aid, decide_aid, record_on_site_check, record_survey
from app.core.clock import KOREA
from app.households.models import Household
from app.plans.models import Plan
from app.plans.rules import (
    GoalDraft,
    GoalSpan,
    PlanDraft,
    ReferralGround,
    ReferralReply,
    ServiceDraft,
    ServiceMethod,
    SharedFacts,
)
from app.plans.service import (
    CheckDetails,
    ReferralDetails,
    ReplyDetails,
    ask_for_approval,
    begin_plan,
    draft_referral,
    keep_draft,
    plan_text,
    record_check,
    record_reply,
    send_referral,
    sign_plan,
)
from app.providers.models import Provider
from app.providers.service import add_provider
from app.seed.agencies import AGENCIES

MORNING = time(10, 40)
AGO, LEAST_OLD = 30, 9
"""Days ago that the plans of cases with services were approved; a case's own stage goes before."""
GOALS = (
    ("하루 두 끼 챙겨 드시기", "DAILY_LIVING"), ("밀린 월세와 공과금 정리하기", "ECON_BASIC"),
    ("아픈 허리 치료받기", "HEALTH_PHYSICAL"), ("일주일에 한 번 사람 만나기", "SOCIAL_GROUP"),
)  # fmt: skip
SERVICES = (
    ("밑반찬 배달", ServiceMethod.GOODS, "주 2회", 14, "가람종합사회복지관"),
    ("월세 지원", ServiceMethod.CASH, "월 20만원, 3개월", None, "한빛구청 복지정책과"),
    ("병원 동행", ServiceMethod.SERVICE, "월 2회", 30, "한빛교통약자지원"),
    ("말벗", ServiceMethod.LINK, "주 1회", 10, "한빛동네 말벗모임"),
)  # fmt: skip
REFERRED_TO = (
    "한빛구 보건소 방문건강팀", "가람종합사회복지관", "한빛푸드뱅크", "사랑나눔병원 사회사업실", "한빛교통약자지원",
)  # fmt: skip
"""Those who help an adult of any age with meals, medicine and the way to the doctor: what the referrals are about."""
VIEWS = (
    "반찬이 오면 혼자라도 먹겠다고 하심.",
    "빚부터 정리하고 싶다고 하심.",
    "병원에 같이 가 줄 사람이 있으면 좋겠다고 하심.",
)
SIGNER = "본인"


class PlansOfCases:
    """Puts plans on the cases that stand where one is due, and a few referrals and requests for emergency aid."""

    def __init__(self, session: Session, now: datetime, *, actor_of: Callable[[int | None], Identity | None]) -> None:
        self.session, self.now, self.actor_of = session, now, actor_of
        self.today = now.astimezone(KOREA).date()

    def load(self, district: Identity, supervisors: Mapping[int, Identity]) -> int:
        """Returns how many plans were written."""
        providers = [add_provider(self.session, each, actor=district, now=self._at(300)) for each in AGENCIES]
        written = 0
        for nth, case in enumerate(self._cases()):
            worker, lead = self.actor_of(case.keeper_id), supervisors.get(case.centre_id)
            if worker is None or lead is None:
                continue
            self._plan(case, nth, worker, lead, providers)
            self._refer(case.household, nth, worker, providers)
            written += 1
            if nth % 3 == 0:
                self._aid(case.household, nth, worker)
        return written

    def _cases(self) -> list[Case]:
        stages = (CaseStage.CLASSIFIED, CaseStage.PLAN, CaseStage.SERVICE)
        statement = (
            select(Case)
            .where(Case.stage.in_(stages), Case.case_class.in_(sorted(CARE)))
            .options(joinedload(Case.household))
            .order_by(Case.id)
        )
        return [case for case in self.session.scalars(statement).unique() if case.household.is_active]

    def _plan(self, case: Case, nth: int, worker: Identity, lead: Identity, providers: list[Provider]) -> None:
        """In service: approved and perhaps checked; at 계획: asked about; just classified: still being written."""
        at = self._at(self._days(case))
        plan = begin_plan(self.session, case, actor=worker, now=at)
        keep_draft(
            self.session, plan, self._draft(nth, worker, providers, at), version=plan.version, actor=worker, now=at
        )
        if case.stage is CaseStage.CLASSIFIED:
            return
        self._sign(plan, worker, at)
        ask_for_approval(self.session, plan, version=plan.version, actor=worker, now=at)
        row = case_queries.waiting_of(self.session, case.id, ApprovalKind.PLAN)
        if case.stage is CaseStage.SERVICE and row is not None:
            decide_approval(self.session, row, Verdict.APPROVED, actor=lead, now=at + timedelta(hours=3))
            self._check(plan, nth, worker)

    def _days(self, case: Case) -> int:
        """Never before the day the case reached its stage."""
        return max(1, min(AGO, (self.today - case.stage_since).days))

    def _draft(self, nth: int, worker: Identity, providers: list[Provider], at: datetime) -> PlanDraft:
        starts_on = at.astimezone(KOREA).date()
        picked = (nth % len(GOALS), (nth + 1) % len(GOALS))
        goals = tuple(
            GoalDraft(GOALS[each][0], span, GOALS[each][1], starts_on + timedelta(days=60 * (2 - place)))
            for place, (each, span) in enumerate(zip(picked, (GoalSpan.LONG, GoalSpan.SHORT), strict=True))
        )
        services = tuple(
            ServiceDraft(
                *SERVICES[each][:3], starts_on, starts_on + timedelta(days=150), giver.id, giver.name, worker.account_id,
                SERVICES[each][3], place,
            )
            for place, each in enumerate(picked, 1)
            for giver in providers
            if giver.name == SERVICES[each][4]
        )  # fmt: skip
        return PlanDraft(goals, services, VIEWS[nth % len(VIEWS)])

    def _sign(self, plan: Plan, worker: Identity, at: datetime) -> None:
        members = plan.household.members
        details = SignatureDetails(
            uuid5(NAMESPACE_URL, f"plan-signature:{plan.id}"), members[0].name if members else SIGNER, SignerRole.SELF,
            not_signed=NotSigned.HAND, witness="통장 마루한",
        )  # fmt: skip
        sign_plan(
            self.session, plan, details, shown_hash=plan_text(plan).sha256, store=FileStore(Path(gettempdir())),
            actor=worker, now=at,
        )  # fmt: skip

    def _check(self, plan: Plan, nth: int, worker: Identity) -> None:
        """Every second household was checked once; the others are late or not yet due."""
        days = (self.today - (plan.approved_on or self.today)).days // 2
        if nth % 2 or days < 1:
            return
        details = CheckDetails(
            uuid5(NAMESPACE_URL, f"service-check:{plan.id}"), self.today - timedelta(days=days), is_given=True,
            is_satisfied=True, note="그릇을 비우고 기다리심",
        )  # fmt: skip
        record_check(self.session, plan.services[0], details, actor=worker, now=self._at(days))

    def _refer(self, household: Household, nth: int, worker: Identity, providers: list[Provider]) -> None:
        """One is still blocked, one waits too long, one was answered."""
        giver = next(each for each in providers if each.name == REFERRED_TO[nth % len(REFERRED_TO)])
        ground = ReferralGround.CONSENT if nth % 3 == 0 else ReferralGround.LAW
        details = ReferralDetails(
            giver.name, "혼자 끼니와 약을 챙기지 못하심", giver.services[0], ground,
            "" if ground is ReferralGround.CONSENT else "사회보장급여법 제16조 ② 의뢰", giver.id,
            household.members[0].id if household.members else None,
            shared=(SharedFacts.NAME, SharedFacts.CONTACT, SharedFacts.NEEDS),
        )  # fmt: skip
        days = LEAST_OLD + nth * 2
        row = draft_referral(self.session, household, details, actor=worker, now=self._at(days))
        if ground is ReferralGround.CONSENT:
            return
        at = self._at(days)
        send_referral(self.session, row, version=row.version, sent_on=self._day(days), actor=worker, now=at)
        if nth % 3 == 1:
            answer = ReplyDetails(ReferralReply.ACCEPTED, self._day(days - 4), "다음 주부터 시작하기로 함")
            record_reply(self.session, row, answer, actor=worker, now=self._at(days - 4))

    def _aid(self, household: Household, nth: int, worker: Identity) -> None:
        days = 2 + nth * 2
        aid = ask_aid(
            self.session, household, (Crisis.E7, Crisis.E2)[nth % 2], asked_at=self._at(days), actor=worker,
            now=self._at(days),
        )  # fmt: skip
        if nth == 0:
            return
        at = self._at(days - 1)
        record_on_site_check(
            self.session, aid, checked_at=at, note="쌀과 난방유가 없음", version=aid.version, actor=worker, now=at
        )
        decision = DecisionDetails(at + timedelta(hours=4), is_granted=True, kinds=(AidKind.LIVING, AidKind.OTHER))
        decide_aid(self.session, aid, decision, version=aid.version, actor=worker, now=at + timedelta(hours=4))
        if nth % 2 and days > LEAST_OLD:
            record_survey(
                self.session, aid, surveyed_on=self._day(1), note="소득과 재산이 기준 안", version=aid.version,
                actor=worker, now=self._at(1),
            )  # fmt: skip

    def _day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def _at(self, days_ago: int) -> datetime:
        return datetime.combine(self._day(days_ago), MORNING, KOREA)
