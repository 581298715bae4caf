"""Consents in the cases of the fictional district: most hold, some run out soon, one was withdrawn, one is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import LIVE
from app.consents import queries
from app.consents.rules import ConsentChannel, ConsentDetails, ConsentKind, Receiver, Signer
from app.consents.service import give_consent, withdraw_consent
from app.core.clock import KOREA
from app.households.models import Household
from app.plans.models import Referral
from app.plans.rules import ReferralGround, ReferralState
from app.seed.team import Team

EVERY_THIRD, EVERY_NINTH = 3, 9
PROXY = "치매가 깊어 뜻을 밝히기 어려움"


class Agreements:
    """Lets the heads of households with a case agree to what is asked of everybody, and some to be named to an agency."""

    def __init__(self, session: Session, team: Team, *, today: date) -> None:
        self.session, self.team, self.today = session, team, today

    def load(self) -> int:
        """Returns how many consents were given."""
        given = 0
        for nth, case in enumerate(self._cases()):
            worker = self.team.person(case.keeper_id)
            if worker is not None and case.household.members:
                given += self._household(case.household, nth, case.intake_on, worker)
        return given + self._for_referrals()

    def _cases(self) -> Sequence[Case]:
        return self.session.scalars(select(Case).where(Case.stage.in_(sorted(LIVE))).order_by(Case.id)).all()

    def _household(self, household: Household, nth: int, on: date, worker: Identity) -> int:
        """Every ninth runs out within a month, every third of the rest was only spoken or signed by a daughter."""
        head = household.members[0].id
        plain = self._details(household, head, ConsentKind.PERSONAL, on)
        if nth % EVERY_NINTH == 0:
            plain = replace(plain, valid_until=self.today + timedelta(days=5 + nth))
        elif nth % EVERY_THIRD == 1:
            plain = replace(plain, channel=ConsentChannel.SPOKEN, note="전화로 안내문을 읽어 드리고 동의하심을 들음")
        elif nth % EVERY_NINTH == 5:
            plain = replace(plain, signer=Signer.FAMILY, signer_name="딸 소아름", proxy_because=PROXY)
        consent = give_consent(self.session, household, plain, actor=worker, now=self._at(on))
        if nth % EVERY_NINTH == 8:
            withdraw_consent(
                self.session, consent, on=self.today - timedelta(days=1), because="본인이 전화로 거둠", actor=worker,
                now=self._at(self.today - timedelta(days=1)),
            )  # fmt: skip
        if nth % EVERY_THIRD:
            health = self._details(household, head, ConsentKind.SENSITIVE, on)
            give_consent(self.session, household, health, actor=worker, now=self._at(on))
        return 1 + bool(nth % EVERY_THIRD)

    def _for_referrals(self) -> int:
        """Every second referral that waits for a consent has it and can be sent."""
        waiting = select(Referral).where(
            Referral.state == ReferralState.DRAFT, Referral.ground == ReferralGround.CONSENT,
            Referral.member_id.is_not(None),
        )  # fmt: skip
        rows = self.session.scalars(waiting.order_by(Referral.id)).all()[::2]
        for row in rows:
            worker = self.team.person(row.by_id)
            if worker is not None and row.member_id is not None:
                details = replace(
                    self._details(row.household, row.member_id, ConsentKind.THIRD_PARTY, self.today - timedelta(days=1)),
                    receiver=Receiver(row.receiver, row.provider_id),
                )  # fmt: skip
                give_consent(self.session, row.household, details, actor=worker, now=self._at(details.given_on))
        return len(rows)

    def _details(self, household: Household, member_id: int, kind: ConsentKind, on: date) -> ConsentDetails:
        text = queries.text_in_force(self.session, household.centre.district_id, kind, on=on)
        return ConsentDetails(member_id, kind, text.id, ConsentChannel.PAPER, on)

    def _at(self, on: date) -> datetime:
        return datetime.combine(on, time(11, 10), KOREA)
