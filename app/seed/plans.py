"""What stands in the calendars of the fictional district: the last days as they were planned, the coming two weeks as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.accounts.service import arrange_cover
from app.calendars.queries.dues import CalendarDue, list_dues_between
from app.core.clock import KOREA, korean_time
from app.core.working_days import WorkingDays
from app.follow_ups.queries import standing_flags, working_days_for
from app.follow_ups.rules import Profession, Purpose
from app.households.models import Household
from app.households.rules import FlagRule
from app.safety.queries import rule_of
from app.safety.rules import Company, refusal_of
from app.visits.models import PlannedVisit
from app.visits.rules import PlanChange, PlanDetails, Slot, purpose_of
from app.visits.service import cancel_visit, move_visit, plan_visit, slot_of

from .dice import happens, stream
from .shapes import VisitPlan

PAST_DAYS, AHEAD_DAYS = timedelta(days=12), timedelta(days=15)
HOURS = {
    Role.NURSE: (time(9, 30), time(10, 30), time(14), time(15), time(16)),
    Role.WORKER: (time(10), time(14), time(16)),
}
"""A day as these people fill it; mornings of workers go to the counter."""
MINUTES = {Role.NURSE: 40, Role.WORKER: 30}
WAS_PLANNED, WAS_MOVED, WAS_CALLED_OFF = 0.7, 0.15, 0.08
LEFT_OPEN = 0.25
"""So many dues nobody has planned a visit for yet."""
NOTES = ("혈압약 확인", "겨울 이불 전달", "후원 물품", "보일러 확인", "")
CALLED_OFF = ("병원 가는 날", "자녀 집에 감", "")
PLANNED_AT, MOVED_AT = time(17, 20), time(9, 5)
POLICE = "지구대 순찰팀"
IN_PAIRS = (FlagRule.PAIR, FlagRule.POLICE)
COMING_LEAVE = ("garam.nurse2", "garam.nurse1", "garam.lead", "교육")


class Everything(frozenset[str]):
    """The story knows what it plans."""

    def __contains__(self, _key: object) -> bool:
        return True


@dataclass
class Calendars:
    """Fills calendars through the services; the same story gives the same calendars."""

    session: Session
    seed: int
    today: date
    now: datetime
    people: Mapping[str, Account]
    """By login."""
    who: Callable[[str], Identity]
    _load: Counter[tuple[int, date]] = field(default_factory=Counter)

    def plan_before(self, plan: VisitPlan, household: Household) -> None:
        """Most visits of the last days had been planned; a few of those had first been meant for another day."""
        began = plan.began_at.astimezone(KOREA)
        rng = stream(self.seed, "planned", plan.id)
        if (
            began.date() < self.today - PAST_DAYS
            or plan.mode not in ("FACE", "ABSENT")
            or not happens(rng, WAS_PLANNED)
        ):
            return
        is_moved = happens(rng, WAS_MOVED)
        first = began - timedelta(days=1) if is_moved and began.weekday() > 0 else began
        actor, companion = self.who(plan.by), self.people[plan.companion].id if plan.companion else None
        slot = _accompanied(Slot(first.date(), _on_the_hour(first), self.people[plan.by].id, companion, 40), household)
        if slot is None:
            return
        planned = self._plan(plan.id, household, slot, Purpose(plan.purpose), actor, _at(first.date(), PLANNED_AT, 4))
        if first is not began:
            to = replace(slot, on=began.date(), at=_on_the_hour(began))
            self._move(planned, to, PlanChange.ASKED, rng.choice(CALLED_OFF), actor, _at(first.date(), MOVED_AT, 0))

    def fill_ahead(self) -> None:
        """The coming two weeks, person by person: what is due soonest first, some of it moved or called off, some left open."""
        self._arrange_leave()
        for login in sorted(self.people):
            person = self.people[login]
            if person.role in HOURS:
                self._fill_days_of(person, self.who(login))

    def _arrange_leave(self) -> None:
        absent, by, lead, why = COMING_LEAVE
        if absent not in self.people or by not in self.people:
            return
        days = working_days_for(self.session, self.people[absent].district_id)
        first = days.after(self.today, 5)
        arrange_cover(
            self.session, self.people[absent], self.people[by], from_on=first, until_on=days.after(first, 2),
            reason=why, actor=self.who(lead), now=self.now,
        )  # fmt: skip

    def _fill_days_of(self, person: Account, actor: Identity) -> None:
        days = working_days_for(self.session, person.district_id)
        until = self.today + AHEAD_DAYS
        dues = list_dues_between(
            self.session, actor, first_on=None, last_on=until, today=self.today, holders=[person.id]
        )
        flags = standing_flags(self.session, {each.due.household_id for each in dues})
        for each in _one_a_household(dues):
            rng = stream(self.seed, "ahead", person.login, each.household.number)
            on = self._free_day(person, each, days, until)
            if on is None or happens(rng, LEFT_OPEN):
                continue
            in_pairs = any(flag.rule in IN_PAIRS for flag in flags.get(each.due.household_id, ()))
            self._plan_ahead(person, actor, each, on, in_pairs=in_pairs)

    def _plan_ahead(self, person: Account, actor: Identity, each: CalendarDue, on: date, *, in_pairs: bool) -> None:
        key = f"{person.login}/{each.household.number}"
        rng = stream(self.seed, "plan", key)
        household = self.session.get_one(Household, each.due.household_id)
        at = HOURS[person.role][self._load[person.id, on]]
        self._load[person.id, on] += 1
        companion = self._companion(person) if in_pairs else None
        purpose = Purpose.JOINT if companion else purpose_of(_profession(person))
        slot = _accompanied(Slot(on, at, person.id, companion, MINUTES[person.role]), household)
        if slot is None:
            return
        planned = self._plan(key, household, slot, purpose, actor, self.now, note=rng.choice(NOTES))
        if happens(rng, WAS_CALLED_OFF):
            cancel_visit(
                self.session, planned, change=PlanChange.ASKED, note=rng.choice(CALLED_OFF), version=1, actor=actor,
                now=self.now,
            )  # fmt: skip

    def _free_day(self, person: Account, each: CalendarDue, days: WorkingDays, until: date) -> date | None:
        """The latest day before the date on which there is room, or the first one after it."""
        due_on = each.due.due_on or self.today
        latest = max(days.on_or_before(due_on), self.today)
        coming = [self.today + timedelta(days=n) for n in range((until - self.today).days + 1)]
        free = [on for on in coming if days.is_working(on) and self._load[person.id, on] < len(HOURS[person.role])]
        return max((on for on in free if on <= latest), default=min(free, default=None))

    def _companion(self, person: Account) -> int | None:
        """A worker of the same centre goes along."""
        colleagues = (
            each.id
            for _login, each in sorted(self.people.items())
            if each.centre_id == person.centre_id and each.role is Role.WORKER and each.id != person.id
        )
        return next(colleagues, None)

    def _plan(
        self, key: object, household: Household, slot: Slot, purpose: Purpose, actor: Identity, now: datetime, *,
        note: str = "",
    ) -> PlannedVisit:  # fmt: skip
        details = PlanDetails(_id(self.seed, key), slot, purpose, note)
        return plan_visit(self.session, household, details, confirmed=Everything(), actor=actor, now=now)

    def _move(
        self, planned: PlannedVisit, to: Slot, change: PlanChange, words: str, actor: Identity, now: datetime
    ) -> None:
        if slot_of(planned) != to:
            move_visit(
                self.session, planned, to, change=change, note=words, version=planned.version, confirmed=Everything(),
                actor=actor, now=now,
            )  # fmt: skip


def _accompanied(slot: Slot, household: Household) -> Slot | None:
    """The visit with the police where they must go; None where it would be refused, and nobody plans it."""
    rule = rule_of(household)
    company = Company(slot.companion_id, POLICE if rule is FlagRule.POLICE else "")
    if refusal_of(rule, company, is_allowed=False) is not None:
        return None
    return replace(slot, companion_name=company.name)


def _one_a_household(dues: Iterable[CalendarDue]) -> Sequence[CalendarDue]:
    return list({each.due.household_id: each for each in reversed(list(dues))}.values())[::-1]


def _profession(person: Account) -> Profession:
    return Profession.NURSE if person.role is Role.NURSE else Profession.WORKER


def _on_the_hour(moment: datetime) -> time:
    """The half hour before, as people plan."""
    local = korean_time(moment)
    return time(local.hour, 30 if local.minute >= 30 else 0)


def _at(on: date, at: time, days_before: int) -> datetime:
    return datetime.combine(on - timedelta(days=days_before), at, KOREA)


def _id(seed: int, key: object) -> UUID:
    return uuid5(NAMESPACE_URL, f"{seed}/planned/{key}")
