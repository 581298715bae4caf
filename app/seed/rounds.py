"""Two earlier rounds of the fictional district, worked to their end: who comes up again today has a history."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import KOREA
from app.core.tables.reading import read_table
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, Round
from app.discoveries.queries import codes_in_force
from app.discoveries.rules import ItemOutcome, ListedPerson, Reference, Route, judge_list
from app.discoveries.service import Closing, RoundDetails, TryDetails, as_crisis_codes
from app.households.models import Household
from app.seed.dice import stream, weighted
from app.seed.shapes import HouseholdPlan
from app.seed.team import Team
from app.seed.triage import M, Plot

HEADING = ("성명", "생년월일", "휴대전화", "행정동", "도로명주소", "위기정보", "체납개월수")
CRISES = (
    "건강보험료 체납", "통신요금 연체", "관리비 체납", "단전", "대출금 연체", "공공임대 임대료 체납", "건강보험료 체납, 통신요금 연체",
    "단가스, 관리비 체납",
)  # fmt: skip
KNOWN_PER_ROUND, AGAIN = 120, 20
"""How many of a round are people we look after, and how many were strangers who come up again today."""
LEFT_OPEN = 7
"""Nobody got to these before the round closed."""
STEP = timedelta(days=1)
Became = ItemOutcome
OF_KNOWN: tuple[tuple[Plot, int], ...] = (
    (Plot((), Became.ALREADY, "이미 방문하고 있는 가구. 체납은 담당자가 확인함"), 34),
    (Plot((M.CALL,), Became.PUBLIC_OTHER, "에너지바우처와 요금 감면을 신청함"), 16),
    (Plot((M.OFFICE,), Became.PRIVATE, "푸드뱅크와 밑반찬 배달을 연계함"), 18),
    (Plot((M.CALL,), Became.NO_NEED, "밀린 요금을 모두 냈다고 함"), 16),
    (Plot((M.CALL,), Became.MONITOR, "형편을 두 달 뒤 다시 보기로 함", 60), 8),
    (Plot((M.OFFICE,), Became.PUBLIC_BASIC, "주거급여를 신청함"), 8),
)
OF_STRANGERS: tuple[tuple[Plot, int], ...] = (
    (Plot((M.CALL,), Became.NO_NEED, "자녀가 내고 있다고 함"), 30),
    (Plot((M.CALL,), Became.REFUSED, "도움은 필요 없다며 끊음", 60, is_approved=True), 22),
    (Plot((M.ABSENT, M.NO_ANSWER, M.NO_ANSWER), Became.UNREACHED, "우편물은 치워져 있음", 30, is_approved=True), 26),
    (Plot((M.CALL,), Became.MONITOR, "일자리를 찾는 중이라 두 달 뒤 다시 통화하기로 함", 60), 22),
)
"""Weighted by how often it goes so."""


class EarlierRounds:
    """Takes in the lists of the rounds before today's and works them, day by day."""

    def __init__(self, session: Session, seed: int, today: date, team: Team) -> None:
        self.session, self.today, self.team = session, today, team
        self.rng = stream(seed, "earlier rounds")

    def load(self, households: Sequence[HouseholdPlan], dongs: Mapping[str, str], todays_list: bytes) -> int:
        """Two rounds of people on record and of strangers from today's list. Returns how many items were worked.

        Args:
            dongs: 행정동 by the key of its centre.
        """
        strangers = self._strangers(todays_list, list(dongs.values()))
        worked = 0
        for number, days_ago in ((4, 133), (5, 70)):
            opens_on = _monday(self.today - timedelta(days=days_ago))
            rows = [*self._known(households, dongs, opens_on), *(self._row_of(each) for each in strangers)]
            worked += self._round(number, opens_on, rows)
        return worked

    def _round(self, number: int, opens_on: date, rows: Iterable[Sequence[str]]) -> int:
        at = datetime.combine(opens_on, time(9, 20), KOREA)
        details = RoundDetails(Route.SYS_CENTRAL, f"{opens_on.year}년 {number}차 중앙 발굴", opens_on)
        of_round = service.open_round(self.session, details, actor=self.team.officer, now=at)
        service.import_list(
            self.session, _as_csv(rows), title=f"{number}차 복지사각지대 발굴 대상자 명단", of_round=of_round,
            actor=self.team.officer, now=at,
        )  # fmt: skip
        items = self.session.scalars(
            select(DiscoveryItem).where(DiscoveryItem.round_id == of_round.id).order_by(DiscoveryItem.id)
        ).all()
        for item in items[LEFT_OPEN:]:
            self._work(item, of_round)
        return len(items) - LEFT_OPEN

    def _work(self, item: DiscoveryItem, of_round: Round) -> None:
        worker = self.team.workers.get(item.centre_id)
        if worker is None:
            return
        plot = weighted(self.rng, OF_KNOWN if self._is_looked_after(item) else OF_STRANGERS)
        at = self._moment(of_round)
        service.claim(self.session, item, actor=worker, now=at)
        for nth, mode in enumerate(plot.modes):
            at += STEP
            key = uuid5(NAMESPACE_URL, f"earlier-try:{item.id}/{nth}")
            service.record_try(self.session, item, TryDetails(key, mode, at), actor=worker, now=at)
        if plot.outcome is None:
            return
        recheck_on = (at + timedelta(days=plot.recheck_in)).date() if plot.recheck_in else None
        service.close_item(self.session, item, Closing(plot.outcome, plot.note, recheck_on), actor=worker, now=at)
        if plot.is_approved and item.centre_id in self.team.supervisors:
            service.approve(self.session, item, actor=self.team.supervisors[item.centre_id], now=at + STEP)

    def _is_looked_after(self, item: DiscoveryItem) -> bool:
        household = self.session.get(Household, item.household_id) if item.household_id else None
        return household is not None and household.worker_id is not None

    def _moment(self, of_round: Round) -> datetime:
        """Some working hour of the round's first six weeks."""
        on = of_round.opens_on + timedelta(weeks=self.rng.randrange(6), days=self.rng.randrange(1, 5))
        return datetime.combine(on, time(9 + self.rng.randrange(8), self.rng.randrange(60)), KOREA)

    def _known(
        self, households: Sequence[HouseholdPlan], dongs: Mapping[str, str], opens_on: date
    ) -> list[Sequence[str]]:
        """Heads of households with a telephone of their own who are on record by then."""
        fitting = [
            each for each in households
            if each.registered_on < opens_on and each.closure is None and (each.members[0].phone or each.phone)
        ]  # fmt: skip
        chosen = self.rng.sample(fitting, min(KNOWN_PER_ROUND, len(fitting)))
        return [self._row_of_household(each, dongs[each.centre]) for each in chosen]

    def _row_of_household(self, plan: HouseholdPlan, dong: str) -> Sequence[str]:
        head = plan.members[0]
        return (
            head.name, head.birth_on.isoformat(), head.phone or plan.phone, dong, plan.dwelling.road_address,
            *self._crisis(),
        )  # fmt: skip

    def _row_of(self, person: ListedPerson) -> Sequence[str]:
        return (
            person.name, person.birth_on.isoformat(), person.phone, person.dong, person.road_address, *self._crisis()
        )  # fmt: skip

    def _crisis(self) -> tuple[str, str]:
        return self.rng.choice(CRISES), str(self.rng.randint(3, 9))

    def _strangers(self, content: bytes, dongs: list[str]) -> list[ListedPerson]:
        """The first people of today's list who have a telephone and an address."""
        codes = as_crisis_codes(codes_in_force(self.session, self.today).document)
        people = judge_list(read_table(content).rows, Reference(self.today, dongs, codes)).people
        return [each for each in people if each.phone and each.road_address][:AGAIN]


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADING, *rows])
    return out.getvalue().encode()


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
