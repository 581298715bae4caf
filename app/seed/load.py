"""Load the fictional district through the services, in the order it happened, at the times it happened."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts import queries as accounts
from app.accounts import service as organisation
from app.accounts.models import Account, Centre
from app.accounts.rules import AccountDetails
from app.alerts.models import Alert
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.core.clock import KOREA, korean_date
from app.core.database import refresh_statistics, unit_of_work
from app.core.errors import RuleBroken
from app.core.holidays import public_holidays
from app.follow_ups import service as follow_ups
from app.follow_ups.rules import CareGroup
from app.households import service as households
from app.households.models import Household, Member
from app.households.rules import ClosureReason, Risk
from app.seed import details
from app.seed.at_the_door import AtTheDoor
from app.seed.casework import Casework
from app.seed.dice import stream
from app.seed.doings import Doings
from app.seed.incidents import Dangers
from app.seed.names import mobile
from app.seed.oddities import load_oddities
from app.seed.outings import Outside
from app.seed.plans import Calendars, Everything
from app.seed.programmes import Programmes
from app.seed.reference import load_reference
from app.seed.scores import Scores
from app.seed.shapes import HouseholdPlan, Story, VisitPlan
from app.seed.story import plan_story
from app.seed.team import Team
from app.seed.together import write_slips, write_together
from app.seed.typed_elsewhere import mark_typed
from app.timelines import service as timelines
from app.visits import service as visits
from app.visits.models import Visit

MORNING, EVENING = time(9), time(17, 30)
PLAN_SEED = 2026
ALERTS_LEFT_UNREAD = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was loaded."""

    households: int
    members: int
    visits: int


def load_demo(session: Session, *, accounts_file: Path, now: datetime) -> Loaded:
    """Fill an empty database with the story that ends yesterday, in one transaction.

    Raises:
        RuleBroken: there are households already; the seed never mixes with real ones.
    """
    if session.scalar(select(func.count(Household.id))):
        raise RuleBroken("NOT_EMPTY", "이미 가구가 있는 데이터베이스입니다. 예시 자료는 빈 데이터베이스에만 넣습니다.")
    today = korean_date(now)
    story = plan_story(today=today, holidays=public_holidays(range(today.year - 2, today.year + 2)))
    with unit_of_work(session):
        load_reference(session)
        loader = Loader(session, story, now)
        loader.load()
        refresh_statistics(session)
    _write_accounts(accounts_file, story, loader.passwords)
    return Loaded(len(loader.households), len(loader.members), len(story.visits))


class Loader:
    """Holds what the story's keys became while it is loaded."""

    def __init__(self, session: Session, story: Story, now: datetime) -> None:
        self.session = session
        self.story = story
        self.now = now
        self.passwords: dict[str, str] = {}
        self.centres: dict[str, Centre] = {}
        self.accounts: dict[str, Account] = {}
        self.households: dict[str, Household] = {}
        self.members: dict[str, Member] = {}
        self.at_the_door = AtTheDoor()
        self._identities: dict[str, Identity] = {}

    def load(self) -> None:
        """Everything, in the order in which it can be loaded."""
        self._organisation()
        for plan in self.story.households:
            self._household(plan)
        self._assignments()
        self._terms()
        calendars = Calendars(self.session, PLAN_SEED, self.story.today, self.now, people=self.accounts, who=self.actor)
        for visit in self.story.visits:
            calendars.plan_before(visit, self.households[visit.household])
            self._visit(visit)
        self._corrections()
        self._together()
        self._care()
        Scores(self.session, PLAN_SEED, self.story, actor=self.actor).load(self.households, self.members)
        programmes = Programmes(self.session, PLAN_SEED, self.story, actor=self.actor, now=self.now)
        programmes.load(self.households, self.members)
        self._closures()
        self._oddities()
        self._dangers()
        casework = self._casework()
        casework.load_past(self.households.values(), self.story.households)
        self._refresh()
        calendars.fill_ahead()
        self._read_old_alerts()
        Outside(self.session, self.now, self.accounts, self.actor).load(self.households.values())
        mark_typed(self.session, PLAN_SEED, actor=self.actor, now=self.now)
        casework.load_today()

    def actor(self, login: str) -> Identity:
        """The identity of one of the staff."""
        return self._identities[login]

    def _organisation(self) -> None:
        system = Identity(None, "시스템", Role.ADMIN, None, "", 0, frozenset(), Origin(device="seed"))
        district = organisation.create_district(self.session, self.story.district)
        for plan in self.story.centres:
            self.centres[plan.key] = organisation.create_centre(
                self.session, district, dong=plan.dong, name=plan.name, code=plan.code, phone=plan.phone
            )
        system = replace(system, district_id=district.id)
        began = self._at(self.story.today - timedelta(days=500), MORNING)
        for staff in self.story.staff:
            self._account(staff, district.id, system, began)
        for account in self.accounts.values():
            self._identities[account.login] = accounts.identity_of(
                self.session, account, origin=Origin(device="seed"), today=self.story.today
            )

    def _account(self, staff: Any, district_id: int, system: Identity, began: datetime) -> None:
        centre = self.centres[staff.centre].id if staff.centre else None
        phone = mobile(stream(PLAN_SEED, "staff", staff.login))
        given = AccountDetails(login=staff.login, name=staff.name, role=Role(staff.role), centre_id=centre, phone=phone)
        password = "-".join(secrets.token_hex(3) for _ in range(3))
        account, _ = organisation.create_account(
            self.session, given, district_id=district_id, password=password, actor=system, now=began
        )
        self.accounts[staff.login], self.passwords[staff.login] = account, password

    def _household(self, plan: HouseholdPlan) -> None:
        centre = self.centres[plan.centre]
        actor = self.actor(self._worker_of(plan))
        at = self._at(plan.registered_on, MORNING)
        household = households.create_household(
            self.session, details.household_details(plan, centre.id), actor=actor, now=at
        )
        self.households[plan.key] = household
        for member, row in zip(plan.members, household.members, strict=True):
            self.members[member.key] = row
        for risk in plan.risks:
            at = self._at(risk.judged_on, MORNING)
            households.judge_risk(self.session, household, Risk(risk.level), reason=risk.reason, actor=actor, now=at)
        for flag in plan.flags:
            self._flag(household, flag)

    def _flag(self, household: Household, plan: Any) -> None:
        actor = self.actor(plan.set_by)
        raised = households.raise_flag(
            self.session, household, details.flag_details(plan), actor=actor, now=self._at(plan.set_on, EVENING)
        )
        if plan.ended_on:
            at = self._at(plan.ended_on, EVENING)
            households.end_flag(self.session, raised, because=plan.ended_because, actor=actor, now=at)

    def _worker_of(self, plan: HouseholdPlan) -> str:
        mine = (each for each in self.story.assignments if each.household == plan.key and each.duty == "WORKER")
        return min(mine, key=lambda each: each.from_on).login

    def _assignments(self) -> None:
        for plan in sorted(self.story.assignments, key=lambda each: each.from_on):
            assignments.assign(
                self.session, self.households[plan.household], Duty(plan.duty), self.accounts[plan.login],
                reason=plan.reason, from_on=plan.from_on, actor=self.actor(plan.set_by), now=self._at(plan.from_on, MORNING),
            )  # fmt: skip
        for cover in self.story.covers:
            organisation.arrange_cover(
                self.session, self.accounts[cover.absent], self.accounts[cover.by], from_on=cover.from_on,
                until_on=cover.until_on, reason=cover.reason, actor=self.actor(cover.set_by), now=self.now,
            )  # fmt: skip

    def _terms(self) -> None:
        for plan in sorted(self.story.care_groups, key=lambda each: each.starts_on):
            follow_ups.set_care_group(
                self.session, self.members[plan.member], CareGroup(plan.group), from_on=plan.starts_on,
                reason=plan.reason, actor=self.actor(plan.set_by), now=self._at(plan.starts_on, EVENING),
            )  # fmt: skip
        for term in sorted(self.story.terms, key=lambda each: each.starts_on):
            given = follow_ups.TermDetails(
                term.rule, term.starts_on, promised_on=term.promised_on, ends_on=term.ends_on, note=term.reason
            )
            follow_ups.set_term(
                self.session, self.households[term.household], given, actor=self.actor(term.set_by),
                now=self._at(term.starts_on, EVENING),
            )  # fmt: skip

    def _visit(self, plan: VisitPlan) -> None:
        household, actor = self.households[plan.household], self.actor(plan.by)
        typed_at = plan.typed_at.astimezone(KOREA)
        if plan.absence is not None:
            visits.log_absence(
                self.session, household, details.absence_details(plan, household.id),
                confirmed=Everything(), typed_at=typed_at, actor=actor, now=typed_at,
            )  # fmt: skip
            return
        ids = {key: member.id for key, member in self.members.items() if key in _keys(plan)}
        companions = frozenset({self.accounts[plan.companion].id}) if plan.companion else frozenset()
        given = self.at_the_door.complete(details.visit_details(plan, household.id, ids, companions))
        visits.log_visit(
            self.session, household, given, confirmed=Everything(), typed_at=typed_at, actor=actor, now=typed_at
        )

    def _corrections(self) -> None:
        plans = {plan.id: plan for plan in self.story.visits}
        for each in self.story.corrections:
            plan = plans[each.visit]
            given = {
                name: value
                for name in ("welfare_note", "nursing_note", "vitals")
                if (value := getattr(each, name)) is not None
            }
            visit = self.session.get_one(Visit, each.visit)
            ids = {key: member.id for key, member in self.members.items() if key in _keys(plan)}
            corrected = details.visit_details(
                replace(plan, **given), visit.household_id, ids, frozenset(visit.companion_ids)
            )
            visits.correct_visit(
                self.session, visit, corrected, reason=each.reason, version=visit.version,
                confirmed=Everything(), actor=self.actor(each.by), now=each.corrected_at.astimezone(KOREA),
            )  # fmt: skip

    def _together(self) -> None:
        """Second notes of joint visits, a record taken back, and a visit that did not take place."""
        write_together(self.session, PLAN_SEED, people=self.accounts.values(), actor=self.actor, now=self.now)
        actor = self.actor("garam.worker3")
        mine = (each for each in self.households.values() if each.worker_id == actor.account_id)
        write_slips(self.session, mine, actor=actor, now=self.now)

    def _care(self) -> None:
        Doings(
            self.session, PLAN_SEED, self.story, households=self.households, members=self.members, people=self.accounts
        ).load()  # fmt: skip

    def _closures(self) -> None:
        for plan in self.story.households:
            if plan.closure is not None:
                timelines.close_household(
                    self.session, self.households[plan.key], ClosureReason(plan.closure.reason), note=plan.closure.note,
                    actor=self.actor(plan.closure.closed_by), now=self._at(plan.closure.closed_on, EVENING),
                )  # fmt: skip

    def _oddities(self) -> None:
        actor = self.actor("garam.worker3")
        mine = [each for each in self.households.values() if each.is_active and each.worker_id == actor.account_id]
        load_oddities(self.session, mine, actor=actor, today=self.story.today)

    def _dangers(self) -> None:
        """Incidents and phone trees, centre by centre."""
        dangers = Dangers(self.session, self.now, self.accounts, self.actor)
        for nth, (key, centre) in enumerate(self.centres.items()):
            plans = (plan for plan in self.story.households if plan.centre == key and plan.closure is None)
            dangers.load(centre, [self.households[plan.key] for plan in plans], nth=nth)

    def _casework(self) -> Casework:
        roles = {each.login: Role(each.role) for each in self.story.staff}
        team = Team.of([(self.actor(login), role) for login, role in roles.items()])
        dongs = {plan.key: plan.dong for plan in self.story.centres}
        return Casework(self.session, PLAN_SEED, team, dongs, now=self.now)

    def _refresh(self) -> None:
        """Bring every stored answer to today: each was computed on the day of its last event."""
        for household in self.households.values():
            follow_ups.refresh(self.session, household, today=self.story.today)

    def _read_old_alerts(self) -> None:
        old = update(Alert).where(Alert.created_at < self.now - ALERTS_LEFT_UNREAD)
        self.session.execute(old.values(read_at=Alert.created_at))

    def _at(self, on: date, at: time) -> datetime:
        return min(datetime.combine(on, at, KOREA), self.now)


def _keys(plan: VisitPlan) -> Iterator[str]:
    yield from plan.members
    yield from (vitals.member for vitals in plan.vitals)


def _write_accounts(path: Path, story: Story, passwords: dict[str, str]) -> None:
    """The generated accounts, readable by their owner alone."""
    rows = [
        {"role": staff.role, "name": staff.name, "login": staff.login, "password": passwords[staff.login]}
        for staff in story.staff
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=1)
