"""What was done on the visits of the fictional district: interventions, problems rated over the year, medicines.

Rows are made as the services would make them and put in at once: some thousand of them, in a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.care.models import Intervention, Medicine, MedicineCheck, Problem, ProblemRating
from app.care.queries import omaha, picks
from app.care.rules import ListAnswer, served
from app.core.clock import KOREA
from app.households.models import Household, Member

from .dice import happens, stream
from .seed_files import read
from .shapes import HouseholdPlan, MemberPlan, Story, VisitPlan

HELD = frozenset({"FACE", "CALL", "OFFICE"})
"""Only where somebody was spoken to was anything done."""
RATED_EVERY = timedelta(days=85)
CHECKED, ALL_POINTS = 0.45, 0.3
POINTS = {
    "names": ("ALL", "ALL", "SOME", "NONE"),
    "missed": ("0", "0", "1-2", "3+"),
    "left": ("FITS", "FITS", "MORE", "UNSEEN"),
    "doubles": ("NONE", "NONE", "NONE", "DOUBLE"),
    "effects": ("NONE", "NONE", "NONE", "SUSPECTED"),
}


class Doings:
    """Fills care of one household after another; the same story gives the same rows."""

    def __init__(
        self, session: Session, seed: int, story: Story, *, households: Mapping[str, Household],
        members: Mapping[str, Member], people: Mapping[str, Account],
    ) -> None:  # fmt: skip
        self.session, self.seed, self.story = session, seed, story
        self.households, self.members, self.people = households, members, people
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self._problems: dict[str, list[Problem]] = {}
        self._taking: set[str] = set()

    def load(self) -> None:
        """Problems, medicines and what was done, visit by visit as the year went."""
        visits: dict[str, list[VisitPlan]] = defaultdict(list)
        for visit in sorted(self.story.visits, key=lambda each: each.began_at):
            if visit.mode in HELD:
                visits[visit.household].append(visit)
        for plan in self.story.households:
            self._problems[plan.key] = list(self._open(plan, visits[plan.key]))
        self.session.flush()
        for plan in self.story.households:
            self._rate(plan, visits[plan.key])
            self._medicate(plan, visits[plan.key])
        for visit in sorted(self.story.visits, key=lambda each: each.began_at):
            if visit.mode in HELD:
                self._do(visit)
        self._put_in()

    def _put_in(self) -> None:
        self.session.flush()
        for table, rows in self.rows.items():
            self.session.execute(insert(table), rows)

    def _open(self, plan: HouseholdPlan, visits: list[VisitPlan]) -> Iterator[Problem]:
        rng = stream(self.seed, "problems", plan.key)
        nursed = [visit for visit in visits if self._is_nursing(visit)]
        if nursed:
            yield from self._open_of_body(plan, nursed[0], rng)
        others = [visit for visit in visits if not self._is_nursing(visit)]
        chosen = rng.sample(read("care_story")["welfare_problems"], rng.choice((0, 1, 1, 2))) if others else []
        for code, signs in chosen:
            yield self._problem(plan, None, code, signs, others[0])

    def _open_of_body(self, plan: HouseholdPlan, first: VisitPlan, rng: Random) -> Iterator[Problem]:
        story, found = read("care_story"), set()
        for member in (each for each in plan.members if each.key in first.members and each.conditions):
            conditions = [each for each in member.conditions if each in story["problems"] and happens(rng, 0.7)][:3]
            for code, signs in (story["problems"][each] for each in conditions):
                if (member.key, code) not in found:
                    found.add((member.key, code))
                    yield self._problem(plan, member, code, signs, first)
            if len(member.conditions) > 1 and happens(rng, 0.5):
                code, signs = story["medicine_problem"]
                yield self._problem(plan, member, code, signs, first)

    def _problem(
        self, plan: HouseholdPlan, member: MemberPlan | None, code: str, signs: str, first: VisitPlan
    ) -> Problem:
        problem = Problem(
            household_id=self.households[plan.key].id, member_id=self.members[member.key].id if member else None,
            code=code, signs=signs, opened_on=first.occurred_on, opened_by_id=self.people[first.by].id, version=1,
        )  # fmt: skip
        self.session.add(problem)
        return problem

    def _rate(self, plan: HouseholdPlan, visits: list[VisitPlan]) -> None:
        for problem in self._problems[plan.key]:
            rng = stream(self.seed, "ratings", plan.key, problem.code)
            steps = [rng.randint(1, 3), rng.randint(1, 3), rng.randint(2, 3)]
            is_body = omaha().kind(problem.code).is_health
            last, own = None, [each for each in visits if self._is_nursing(each) == is_body]
            for visit in own:
                if last is not None and visit.occurred_on - last < RATED_EVERY:
                    continue
                if last is not None:
                    steps = [min(5, max(1, step + rng.choice((-1, 0, 0, 1, 1)))) for step in steps]
                last = visit.occurred_on
                self._rating(problem, visit, steps)
            self._close(problem, rng, steps, own)

    def _rating(self, problem: Problem, visit: VisitPlan, steps: list[int]) -> None:
        knowledge, behaviour, status = steps
        self.rows[ProblemRating].append({
            "problem_id": problem.id, "visit_id": visit.id, "rated_on": visit.occurred_on, "knowledge": knowledge,
            "behaviour": behaviour, "status": status, "note": "", "by_id": self.people[visit.by].id,
        })  # fmt: skip
        problem.version += 1

    def _close(self, problem: Problem, rng: Random, steps: list[int], visits: list[VisitPlan]) -> None:
        """A problem that is nearly gone is closed, most of the time."""
        if steps[2] < 4 or not happens(rng, 0.6):
            return
        problem.closed_on, problem.closed_by_id = visits[-1].occurred_on, self.people[visits[-1].by].id
        problem.closed_because = rng.choice(read("care_story")["closed"])

    def _medicate(self, plan: HouseholdPlan, visits: list[VisitPlan]) -> None:
        nursed = [visit for visit in visits if self._is_nursing(visit)]
        listed = read("care_story")["medicines"]
        for member in plan.members if nursed else ():
            seen = [visit for visit in nursed if member.key in visit.members]
            known = [listed[each] for each in member.conditions if each in listed]
            if seen and known:
                self._taking.add(member.key)
                rng = stream(self.seed, "medicines", member.key)
                checked = self._check(member, seen, rng)
                for choices in known[:4]:
                    self._medicine(member, rng.choice(choices), seen[0], checked, rng)

    def _medicine(
        self, member: MemberPlan, words: list[str], first: VisitPlan, checked: VisitPlan, rng: Random
    ) -> None:
        name, dose, how = words
        row = {
            "household_id": self.members[member.key].household_id, "member_id": self.members[member.key].id,
            "name": name, "dose": dose, "how": how, "prescribed_by": rng.choice(read("care_story")["places"]),
            "since_on": first.occurred_on - timedelta(days=rng.randint(60, 2000)), "confirmed_on": checked.occurred_on,
            "ended_on": None, "ended_because": "", "by_id": self.people[first.by].id,
            "at": datetime.combine(first.occurred_on, time(16), KOREA),
        }  # fmt: skip
        if happens(rng, 0.15) and checked is not first:
            why = rng.choice(read("care_story")["ended"])[0]
            before = row | {"how": "아침·저녁 식후 1알", "confirmed_on": first.occurred_on}
            self.rows[Medicine].append(before | {"ended_on": checked.occurred_on, "ended_because": f"바뀜 {why}"})
        self.rows[Medicine].append(row)

    def _check(self, member: MemberPlan, seen: Iterable[VisitPlan], rng: Random) -> VisitPlan:
        """Checks on some visits; returns the last visit that found the list as it was, or the first of all."""
        visits = list(seen)
        last = visits[0]
        for visit in visits[1:]:
            if not happens(rng, CHECKED):
                continue
            answers = {"list": ListAnswer.SAME.value}
            if happens(rng, ALL_POINTS):
                answers |= {point: rng.choice(words) for point, words in POINTS.items()}
            self.rows[MedicineCheck].append({
                "household_id": self.members[member.key].household_id, "visit_id": visit.id,
                "member_id": self.members[member.key].id, "answers": answers, "checked_on": visit.occurred_on,
                "by_id": self.people[visit.by].id,
            })  # fmt: skip
            last = visit
        return last

    def _do(self, visit: VisitPlan) -> None:
        rng = stream(self.seed, "done", visit.id)
        account = self.people[visit.by]
        offered = picks().offered_to("NURSE" if self._is_nursing(visit) else "WORKER")
        own = stream(self.seed, "habits", visit.by).sample(offered[:12], 12)
        met = {self.members[key].id for key in visit.members}
        weights = [1 / (place + 2) for place in range(len(own))]
        for pick in dict.fromkeys(rng.choices(own, weights, k=rng.choice((1, 2, 2, 3)))):
            tied = self._tied(visit, met, pick.problems)
            self.rows[Intervention].append({
                "household_id": self.households[visit.household].id, "visit_id": visit.id,
                "member_id": next(iter(met)) if len(met) == 1 else None, "problem_id": tied, "kind": pick.kind,
                "target": pick.code, "note": self._note(pick.code, rng), "done_on": visit.occurred_on,
                "by_id": account.id,
            })  # fmt: skip

    def _tied(self, visit: VisitPlan, met: set[int], serves: tuple[str, ...]) -> int | None:
        stood = (
            (problem.id, problem.code)
            for problem in self._problems[visit.household]
            if problem.opened_on <= visit.occurred_on
            and (problem.closed_on is None or problem.closed_on >= visit.occurred_on)
            and (problem.member_id is None or problem.member_id in met)
        )
        return served(stood, serves)

    def _note(self, code: str, rng: Random) -> str:
        words = read("care_story")["notes"].get(code)
        return rng.choice(words) if words and happens(rng, 0.4) else ""

    def _is_nursing(self, visit: VisitPlan) -> bool:
        return self.people[visit.by].role.value == "NURSE"
