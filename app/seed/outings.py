"""Who is out in the fictional district at this moment: one in time, one late, one allowed to go alone, one who is back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.clock import korean_date
from app.households.models import Household
from app.households.rules import FlagRule
from app.safety.models import Outing
from app.safety.queries import rule_of
from app.safety.rules import CheckIn, Company, Finding
from app.safety.service import allow_alone, answer_alarm, check_in, end_outing, raise_due_alarms


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody went so many minutes ago for so long; perhaps with a colleague, perhaps alone where two must go."""

    login: str
    minutes_ago: int
    minutes: int
    companion: str = ""
    lead: str = ""
    """Who let them go alone."""


BACK = Scene("garam.worker3", 210, 60)
OUT = (
    Scene("garam.nurse2", 25, 60, companion="garam.worker2"),
    Scene("garam.worker3", 80, 60),
    Scene("narae.nurse1", 15, 60, lead="narae.lead"),
)
ALLOWED = "자녀가 집에 함께 있다고 통화로 확인함"


@dataclass(frozen=True)
class Outside:
    """Sends people out through the services; the same story sends the same people."""

    session: Session
    now: datetime
    people: Mapping[str, Account]
    who: Callable[[str], Identity]

    def load(self, households: Iterable[Household]) -> None:
        """One who came back late this morning, and those who are out now with the alarm they have set off."""
        homes = [each for each in households if each.is_active]
        if BACK.login in self.people:
            self._came_back(homes)
        for scene in OUT:
            if scene.login in self.people:
                self._go(scene, homes)
        raise_due_alarms(self.session, now=self.now)

    def _came_back(self, homes: list[Household]) -> None:
        outing = self._go(BACK, homes)
        if outing is None:
            return
        late = outing.planned_end_at + timedelta(minutes=31)
        raise_due_alarms(self.session, now=late)
        asked, out = late + timedelta(minutes=3), late + timedelta(minutes=12)
        lead = self.who("garam.lead")
        answer_alarm(self.session, outing, Finding.SAFE, "상담이 길어짐", actor=lead, now=asked)
        end_outing(self.session, outing, at=out, actor=self.who(BACK.login), now=out)

    def _go(self, scene: Scene, homes: list[Household]) -> Outing | None:
        actor, at = self.who(scene.login), self.now - timedelta(minutes=scene.minutes_ago)
        home = _home(homes, actor, alone=bool(scene.lead))
        if home is None:
            return None
        if scene.lead:
            allow_alone(
                self.session, home, account_id=self.people[scene.login].id, on=korean_date(at), reason=ALLOWED,
                actor=self.who(scene.lead), now=at - timedelta(minutes=40),
            )  # fmt: skip
        companion = self.people[scene.companion].id if scene.companion in self.people else None
        stamp = CheckIn(
            uuid5(NAMESPACE_URL, f"outing/{scene.login}/{scene.minutes_ago}"), at, at + timedelta(minutes=scene.minutes),
            Company(companion),
        )  # fmt: skip
        return check_in(self.session, home, stamp, actor=actor, now=at)


def _home(homes: list[Household], actor: Identity, *, alone: bool) -> Household | None:
    """One of this person's households; one where two must go for whoever was let go alone."""
    mine = (each for each in homes if actor.account_id in (each.worker_id, each.nurse_id))
    wanted = {FlagRule.PAIR} if alone else {None, FlagRule.SOLO}
    return next((each for each in mine if rule_of(each) in wanted), None)
