"""Who of the fictional district is registered where, and what nurses decided about care groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.care_groups.models import Registration
from app.care_groups.rules import DischargeReason, Programme
from app.care_groups.service import (
    DischargeDetails,
    GroupDetails,
    RegistrationDetails,
    decide_group,
    discharge,
    proposal_for,
    register,
)
from app.core.clock import KOREA
from app.follow_ups.rules import CareGroup
from app.households.models import Household, Member
from app.seed.dice import happens, stream
from app.seed.shapes import CareGroupPlan, Story

REGISTERED, IN_AI_IOT, LEFT, REVIEWED = 0.85, 0.12, 0.4, 0.75
TWICE = "이관하는 동안 함께 등록(보건소와 협의함)"
MONTHS_OF_AI_IOT = timedelta(days=183)
EVENING = time(17, 40)
REASONS = (
    "한 번 높았고 다음 방문에서 다시 재기로 함", "약을 바꾼 지 얼마 되지 않아 지켜봄", "긴장해서 높게 나왔다고 하심, 집에서 잰 값은 안정",
    "식사 직후라 높았음", "본인이 지금 간격을 원함",
)  # fmt: skip


class Programmes:
    """Registers people where they were first put into a group, and looks at groups again after the year's visits."""

    def __init__(
        self, session: Session, seed: int, story: Story, *, actor: Callable[[str], Identity], now: datetime
    ) -> None:
        self.session, self.seed, self.story, self.actor, self.now = session, seed, story, actor, now

    def load(self, households: Mapping[str, Household], members: Mapping[str, Member]) -> None:
        """Registrations, discharges and decisions, person by person."""
        closed = {plan.key for plan in self.story.households if plan.closure is not None}
        plans: dict[str, list[CareGroupPlan]] = {}
        for plan in sorted(self.story.care_groups, key=lambda each: each.starts_on):
            if plan.household not in closed:
                plans.setdefault(plan.member, []).append(plan)
        for key, of_member in plans.items():
            rng = stream(self.seed, "programmes", key)
            self._registrations(rng, members[key], of_member[0])
            self._decision(rng, members[key], of_member[-1])

    def _registrations(self, rng: Random, member: Member, first: CareGroupPlan) -> None:
        nurse = self.actor(first.set_by)
        if happens(rng, REGISTERED):
            self._register(nurse, member, Programme.VISITING_HEALTH, first.starts_on)
        if happens(rng, IN_AI_IOT):
            self._ai_iot(rng, nurse, member, first.starts_on)

    def _ai_iot(self, rng: Random, nurse: Identity, member: Member, on: date) -> None:
        """Six months with the wristband; some go on, some leave, and a few do so beside the visits."""
        begun = min(on + timedelta(days=rng.randint(20, 90)), self.story.today - timedelta(days=5))
        row = self._register(nurse, member, Programme.AI_IOT, begun, TWICE)
        ends = begun + MONTHS_OF_AI_IOT
        if ends < self.story.today and happens(rng, LEFT):
            reason = rng.choice((DischargeReason.GOAL_REACHED, DischargeReason.REFUSED, DischargeReason.IN_HOSPITAL))
            discharge(self.session, row, DischargeDetails(reason, ends), actor=nurse, now=self._at(ends))

    def _register(
        self, nurse: Identity, member: Member, programme: Programme, on: date, twice: str = ""
    ) -> Registration:
        details = RegistrationDetails(programme, on, twice_because=twice)
        return register(self.session, member, details, actor=nurse, now=self._at(on))

    def _decision(self, rng: Random, member: Member, last: CareGroupPlan) -> None:
        """Most proposals of another group have been looked at and left as they were, with a reason."""
        on = self.story.today - timedelta(days=rng.randint(1, 20))
        group = CareGroup(last.group)
        proposed = proposal_for(self.session, member, today=on).group
        if group is CareGroup.INTENSIVE or last.starts_on >= on or proposed is None or not happens(rng, REVIEWED):
            return
        reason = "" if proposed is group else rng.choice(REASONS)
        details = GroupDetails(group, on, reason)
        decide_group(self.session, member, details, actor=self.actor(last.set_by), now=self._at(on))

    def _at(self, on: date) -> datetime:
        return min(datetime.combine(on, EVENING, KOREA), self.now)
