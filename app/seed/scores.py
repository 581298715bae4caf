"""What the people of the fictional district answered in a year: depression, drinking, frailty, isolation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments.service import AssessmentDetails, record_assessment
from app.core.clock import KOREA
from app.households.models import Household, Member
from app.households.rules import HouseholdType, Risk, age_on
from app.seed.dice import happens, stream, weighted
from app.seed.shapes import Story, VisitPlan

ASKED = 0.5
"""The share of nursed people who were asked by an instrument at all."""
SURVEYED = 0.7
"""The share of people living alone whose isolation was surveyed."""
OLD = 65
TYPED_AFTER = timedelta(minutes=20)
WORDS = (
    "«자식들 걱정할까 봐 말을 안 했어요.»", "«요즘은 밥맛이 없고 자꾸 누워만 있게 돼요.»", "«약 먹고부터는 잠은 좀 자요.»",
    "«텔레비전도 재미가 없어요.»", "", "", "", "",
)  # fmt: skip
_ISOLATION = {
    Risk.HIGH: (8, 12), Risk.MEDIUM: (4, 9), Risk.LOW: (1, 4), Risk.NONE: (0, 2),
}  # fmt: skip


class Scores:
    """Asks at visits that were made, so that a score is read beside its visit."""

    def __init__(self, session: Session, seed: int, story: Story, *, actor: Callable[[str], Identity]) -> None:
        self.session, self.seed, self.story, self.actor = session, seed, story, actor

    def load(self, households: Mapping[str, Household], members: Mapping[str, Member]) -> None:
        """Scores of a year, household by household."""
        visits: dict[str, list[VisitPlan]] = defaultdict(list)
        for visit in self.story.visits:
            if visit.mode == "FACE" and visit.members:
                visits[visit.household].append(visit)
        for key, household in households.items():
            rng = stream(self.seed, "scores", key)
            self._of_nursing(rng, household, members, [each for each in visits[key] if each.purpose != "WELFARE"])
            self._of_welfare(rng, household, [each for each in visits[key] if each.purpose != "NURSING"])

    def _of_nursing(
        self, rng: Random, household: Household, members: Mapping[str, Member], visits: Sequence[VisitPlan]
    ) -> None:
        seen = [each for each in visits if each.by.split(".")[-1].startswith("nurse")]
        if not seen or not happens(rng, ASKED):
            return
        member = members[seen[-1].members[0]]
        at = [each for each in seen if members[each.members[0]] is member]
        for visit, code, total in self._asked(rng, member, at):
            self._record(rng, household, visit, code, total, member.id)

    def _asked(self, rng: Random, member: Member, visits: Sequence[VisitPlan]) -> Iterator[tuple[VisitPlan, str, int]]:
        """Which instrument at which visit, with which total: one way over the year, seldom a straight one."""
        chosen = sorted(rng.sample(range(len(visits)), min(3, len(visits))))
        mood, frailty = (
            weighted(rng, ((1, 5), (4, 3), (8, 2), (13, 1))),
            weighted(rng, ((1, 3), (3, 3), (6, 2), (11, 1))),
        )
        drift = rng.choice((-4, -2, 0, 2, 5))
        age = age_on(self.story.today, birth_on=member.birth_on, birth_year=member.birth_year) or 0
        for nth, place in enumerate(chosen):
            now = min(max(mood + drift * nth + rng.randint(-1, 1), 0), 22)
            yield visits[place], "PHQ_2", min(now // 3, 6)
            if now >= 6:
                yield visits[place], "PHQ_9", now
            if age >= OLD and nth != 1:
                yield visits[place], "PHIS_FRAILTY", min(max(frailty + nth + rng.randint(-1, 1), 0), 20)
        if age < OLD and chosen:
            yield visits[chosen[0]], "AUDIT_C", rng.randint(0, 9)

    def _of_welfare(self, rng: Random, household: Household, visits: Sequence[VisitPlan]) -> None:
        alone = household.household_type is HouseholdType.SINGLE
        if not alone or not visits or not happens(rng, SURVEYED):
            return
        low, high = _ISOLATION[household.risk]
        for visit in sorted(
            rng.sample(visits, min(len(visits), rng.choice((1, 1, 2)))), key=lambda each: each.began_at
        ):
            self._record(rng, household, visit, "ISOLATION_SURVEY", rng.randint(low, high), None)

    def _record(
        self, rng: Random, household: Household, visit: VisitPlan, code: str, total: int, member_id: int | None
    ) -> None:
        has_items = code in ("PHQ_2", "PHQ_9", "AUDIT_C")
        details = AssessmentDetails(
            uuid5(NAMESPACE_URL, f"{self.seed}/score/{visit.id}/{code}"), code, visit.occurred_on, member_id=member_id,
            answers=_answers(rng, code, total) if has_items else {}, total=None if has_items else Decimal(total),
            note=rng.choice(WORDS) if code == "PHQ_9" else "", visit_id=visit.id,
        )  # fmt: skip
        at: datetime = visit.began_at.astimezone(KOREA) + TYPED_AFTER
        record_assessment(self.session, household, details, actor=self.actor(visit.by), now=at)


def _answers(rng: Random, code: str, total: int) -> dict[str, str]:
    """Answers that add up to a total; the ninth item of PHQ-9 is never one of them."""
    items, most = {"PHQ_2": (2, 3), "PHQ_9": (8, 3), "AUDIT_C": (3, 4)}[code]
    points = [0] * items
    for _ in range(min(total, items * most)):
        points[rng.choice([at for at, each in enumerate(points) if each < most])] += 1
    answers = {str(at): str(each) for at, each in enumerate(points, start=1)}
    return answers | ({"9": "0"} if code == "PHQ_9" else {})
