"""From discovery to aftercare in the fictional district: earlier rounds, cases, plans, and the list that came in today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.core.clock import korean_date
from app.discoveries import service as discoveries
from app.discoveries.rules import Route
from app.discoveries.service import RoundDetails
from app.households.models import Household
from app.seed.agreements import Agreements
from app.seed.cases import Cases
from app.seed.meetings import Meetings
from app.seed.neighbours import Neighbours
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
        """Cases in every stage with their plans, consents and conferences; two rounds worked to their end.

        Args:
            plans: the households as the story planned them.
        """
        cases = Cases(self.session, self.seed, self.today, actor_of=self.team.person)
        cases.load(households, self.team.supervisors)
        PlansOfCases(self.session, self.now, actor_of=self.team.person).load(self.team.officer, self.team.supervisors)
        Agreements(self.session, self.team, today=self.today).load()
        Meetings(self.session, self.team, today=self.today, now=self.now).load()
        rounds = EarlierRounds(self.session, self.seed, self.today, self.team)
        rounds.load(plans, self.dongs, self._todays_list())

    def load_today(self) -> None:
        """A list as an office sends it, so that some rows wait for a person to decide, and some of it worked."""
        opens_on = self.today - timedelta(days=self.today.weekday() + 7)
        details = RoundDetails(Route.SYS_CENTRAL, f"{opens_on.year}년 6차 중앙 발굴", opens_on)
        of_round = discoveries.open_round(self.session, details, actor=self.team.officer, now=self.now)
        discoveries.import_list(
            self.session, self._todays_list(), title="복지사각지대 발굴 대상자 명단", of_round=of_round,
            actor=self.team.officer, now=self.now,
        )  # fmt: skip
        Neighbours(self.session, self.team, today=self.today, now=self.now).load()
        work_items(self.session, workers=self.team.workers, supervisors=self.team.supervisors, now=self.now)

    def _todays_list(self) -> bytes:
        return (seed_folder() / TODAYS_LIST).read_bytes()
