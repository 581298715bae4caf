"""Puts the parts of the story together, in the order in which one thing follows from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time

from . import care, crises, endings, rules_of_households, staffing
from .bookings import Bookings
from .chronicle import Booking, Chronicle
from .corrections import correct_some
from .dice import stream
from .facts import household_facts
from .flags import raise_flags
from .lane_days import Course, Pacer
from .neighbourhood import draw_portraits
from .occasions import Occasion
from .physiology import Body, Meter, body_of
from .portraits import Portrait
from .promises import promised_days
from .rhythms import RHYTHMS, Standing, next_due
from .risks import judge
from .seed_files import read
from .shapes import KST, CareGroupPlan, HouseholdPlan, RiskPlan, Story, TermPlan, VisitPlan
from .standings import Dealer
from .weather import check_in_calls
from .workdays import DAY, Workdays
from .years import Years, merged

Courses = Mapping[str, list[Course]]
Occasions = Mapping[str, list[Occasion]]


class Planner:
    """Plans one story; everything random in it comes from `seed` by way of `dice.stream`."""

    def __init__(self, today: date, seed: int, workdays: Workdays) -> None:
        self.today, self.seed, self.workdays = today, seed, workdays
        self.portraits = draw_portraits(seed, today, workdays)
        self.by_key = {p.key: p for p in self.portraits}
        self.assignments = staffing.assign(seed, self.portraits, today, workdays)
        self.cover = staffing.cover(today)
        self.rota = staffing.Rota(self.assignments, self.cover)
        self.flags = raise_flags(seed, self.portraits, self.rota, today, workdays)
        self.closed = {p.key: care.closed_on(seed, p, today, workdays) for p in self.portraits}
        self.pacer = Pacer(seed, today, workdays)

    def story(self) -> Story:
        """The finished plan."""
        courses = self._courses()
        risks = {p.key: self._risks(p, courses) for p in self.portraits}
        visits = self._visits(courses, risks)
        return Story(
            today=self.today,
            seed=self.seed,
            district=read("staff")["district"],
            centres=staffing.centres(),
            staff=staffing.staff(),
            households=tuple(self._household(p, risks[p.key]) for p in self.portraits),
            assignments=self.assignments,
            covers=(self.cover,),
            care_groups=self._care_groups(courses),
            terms=self._terms(courses),
            visits=visits,
            corrections=correct_some(self.seed, visits, datetime.combine(self.today, time(), KST)),
        )

    def _courses(self) -> Courses:
        """Every household's lanes with the days on which they were kept."""
        courses: dict[str, list[Course]] = {key: [] for key in self.by_key}
        for lane in self._lanes():
            portrait = self.by_key[lane.household]
            courses[lane.household].append(self.pacer.course(lane, portrait.registered_on))
        return courses

    def _lanes(self) -> list[care.Lane]:
        carer = care.Carer(self.seed, self.today, self.workdays, self.flags)
        lanes = [lane for p in self.portraits for lane in carer.lanes(p)]
        ends = self.closed
        kept = [care.cut(lane, end) if (end := ends[lane.household]) else lane for lane in lanes]
        standing = [lane for lane in kept if lane]
        holders = {(n.household, n.duty): self.rota.responsible(n.household, n.duty, self.today) for n in standing}
        fixed = {p.key for p in self.portraits if p.featured}
        return Dealer(standing, holders, self.today).deal(
            self.seed, fixed, lambda rule: self.pacer.can_fall_today(RHYTHMS[rule])
        )

    def _risks(self, portrait: Portrait, courses: Courses) -> tuple[RiskPlan, ...]:
        lanes = [course.lane for course in courses[portrait.key]]
        return judge(self.seed, portrait, lanes, self.today, self.workdays)

    def _household(self, portrait: Portrait, risks: tuple[RiskPlan, ...]) -> HouseholdPlan:
        return HouseholdPlan(
            key=portrait.key,
            centre=portrait.centre,
            registered_on=portrait.registered_on,
            household_type=portrait.archetype.household_type,
            benefits=portrait.benefits,
            health_ground=portrait.health_ground,
            dwelling=portrait.dwelling,
            phone=portrait.phone,
            emergency_contact=portrait.emergency_contact,
            note=portrait.note,
            members=portrait.members,
            risks=risks,
            flags=self.flags.get(portrait.key, ()),
            closure=endings.closure(self.seed, portrait, self.closed[portrait.key], self.rota),
        )

    def _care_groups(self, courses: Courses) -> tuple[CareGroupPlan, ...]:
        lanes = [c.lane for of_one in courses.values() for c in of_one if c.lane.duty == "NURSE"]
        plans = [plan for lane in lanes for plan in rules_of_households.care_groups(self.seed, lane, self.rota)]
        return tuple(sorted(plans, key=lambda plan: (plan.starts_on, plan.member)))

    def _terms(self, courses: Courses) -> tuple[TermPlan, ...]:
        lanes = [c.lane for of_one in courses.values() for c in of_one if c.lane.duty == "WORKER"]
        plans = [plan for lane in lanes for plan in rules_of_households.terms(lane, self.rota)]
        busy = {lane.household for lane in lanes}
        plans += rules_of_households.single_dates(self.seed, self.portraits, busy, self.rota, self.today, self.workdays)
        return tuple(sorted(plans, key=lambda plan: (plan.starts_on, plan.household)))

    def _visits(self, courses: Courses, risks: Mapping[str, tuple[RiskPlan, ...]]) -> tuple[VisitPlan, ...]:
        occasions = self._occasions(courses)
        chosen = crises.choose_crises(self.seed, self.by_key, occasions)
        occasions = self._with_calls(occasions, courses, chosen)
        booked = Bookings(self.seed, self.rota, self.flags).book(self.by_key, occasions)
        worn: Counter[str] = Counter()
        visits = [
            visit
            for portrait in self.portraits
            for visit in self._written(portrait, courses, booked[portrait.key], risks, worn, chosen.get(portrait.key))
        ]
        return tuple(sorted(visits, key=lambda visit: (visit.began_at, visit.household)))

    def _occasions(self, courses: Courses) -> Occasions:
        years = Years(self.seed, self.today, self.workdays)
        return {
            p.key: years.occasions(p, courses[p.key], self.flags.get(p.key, ()), self.closed[p.key])
            for p in self.portraits
        }

    def _with_calls(self, occasions: Occasions, courses: Courses, chosen: Mapping[str, crises.Crisis]) -> Occasions:
        """The occasions with the calls after crises and on alert days, where those disturb no standing."""
        until = {key: self._calls_until(courses[key], occasions[key], key) for key in occasions}
        calls = crises.follow_up_calls(chosen, self.by_key, until, self.workdays)
        first, last = self.pacer.first, self.pacer.last
        calls += check_in_calls(self.seed, self.portraits, until, first, last, self.workdays)
        of_one: dict[str, list[Occasion]] = {key: [] for key in occasions}
        for call in calls:
            of_one[call.household].append(call)
        return {key: merged(occasions[key], of_one[key]) for key in occasions}

    def _calls_until(self, courses: list[Course], occasions: list[Occasion], key: str) -> date:
        """The last day of a call: never after vain tries at the end, a closure, or where any contact counts."""
        if any(c.lane.rule.startswith("ISOLATION") or c.lane.absences for c in courses):
            return max((o.on for o in occasions if o.is_reached), default=self.pacer.first) - DAY * 15
        closed = self.closed[key]
        return closed - DAY * 15 if closed else self.pacer.last

    def _written(
        self,
        portrait: Portrait,
        courses: Courses,
        bookings: list[Booking],
        risks: Mapping[str, tuple[RiskPlan, ...]],
        worn: Counter[str],
        crisis: crises.Crisis | None,
    ) -> list[VisitPlan]:
        lasting = household_facts(portrait, self.today) | {f"risk_{risks[portrait.key][-1].level.lower()}"}
        names = {p.login: f"{p.name} {'간호사' if p.role == 'NURSE' else '담당'}" for p in staffing.staff()}
        bodies = self._bodies(portrait, courses[portrait.key])
        chronicle = Chronicle(self.seed, portrait, lasting, bodies, Meter(self.today), worn, names, self.workdays)
        return chronicle.write(bookings, self._promises(portrait, courses[portrait.key], bookings), crisis)

    def _bodies(self, portrait: Portrait, courses: list[Course]) -> dict[str, Body]:
        """The bodies of those whom the nurse looks after; only the first of them went through intensive times."""
        lane = next((c.lane for c in courses if c.lane.duty == "NURSE"), None)
        if lane is None:
            return {}
        worst = [s.starts_on for s in lane.stretches if s.rule == "INTENSIVE"]
        people = {m.key: m for m in portrait.members}
        return {
            key: body_of(self.seed, people[key], portrait, worst if not n else (), self.today)
            for n, key in enumerate(lane.members)
        }

    def _promises(self, portrait: Portrait, courses: list[Course], bookings: list[Booking]) -> Mapping[int, date]:
        rng = stream(self.seed, "promises", portrait.key)
        open_lanes = [c for c in courses if c.lane.is_open]
        dues = [self._due(course) for course in open_lanes]
        due = min((d for d in dues if d), default=None)
        order = (Standing.OVERDUE, Standing.TODAY, Standing.THIS_WEEK, Standing.LATER)
        standing = min((c.lane.standing for c in open_lanes), key=order.index, default=Standing.LATER)
        return promised_days(rng, [b.occasion for b in bookings], due, standing, self.today, self.workdays)

    def _due(self, course: Course) -> date | None:
        stretch = course.lane.stretches[-1]
        return next_due(RHYTHMS[stretch.rule], stretch.starts_on, course.days, self.workdays)
