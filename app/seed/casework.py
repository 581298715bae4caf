"""From discovery to aftercare in the fictional district: earlier rounds, cases, plans, and the list that came in today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.core.clock import korean_date
from app.discoveries import service as discoveries
from app.households.models import Household
from app.seed.cases import Cases
from app.seed.plans_of_cases import PlansOfCases
from app.seed.reference import seed_folder
from app.seed.rounds import EarlierRounds
from app.seed.shapes import HouseholdPlan
from app.seed.team import Team
from app.seed.triage import work_items

TODAYS_LIST = "discovery_list.xlsx"


class Casework:
    """Plays what the desk does, after the visits were told."""

    def __init__(self, session: Session, seed: int, team: Team, dongs: Mapping[str, str], *, now: datetime) -> None:
        self.session, self.seed, self.team, self.dongs, self.now = session, seed, team, dongs, now
        self.today = korean_date(now)

    def load_past(self, households: Iterable[Household], plans: Sequence[HouseholdPlan]) -> None:
        """Cases in every stage with their plans, and two rounds worked to their end.

        Args:
            plans: the households as the story planned them.
        """
        Cases(self.session, self.today, actor_of=self.team.person).load(households, self.team.supervisors)
        PlansOfCases(self.session, self.now, actor_of=self.team.person).load(self.team.officer, self.team.supervisors)
        rounds = EarlierRounds(self.session, self.seed, self.today, self.team)
        rounds.load(plans, self.dongs, self._todays_list())

    def load_today(self) -> None:
        """A list as an office sends it, so that some rows wait for a person to decide, and some of it worked."""
        discoveries.import_list(
            self.session,
            self._todays_list(),
            title="복지사각지대 발굴 대상자 명단",
            actor=self.team.officer,
            now=self.now,
        )
        work_items(self.session, workers=self.team.workers, supervisors=self.team.supervisors, now=self.now)

    def _todays_list(self) -> bytes:
        return (seed_folder() / TODAYS_LIST).read_bytes()
