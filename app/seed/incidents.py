"""What happened to the staff of the fictional district, and whom they call: a few incidents and three phone trees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account, Centre
from app.core.clock import KOREA, korean_date
from app.households.models import Household
from app.safety.models import Incident
from app.safety.rules import Called, DutyDetails, IncidentAccount, IncidentKind, IncidentReport
from app.safety.service import add_duty_contact, complete_incident, report_incident, review_flags


@dataclass(frozen=True, slots=True)
class Scene:
    """One incident: so many days ago at that hour, to somebody of that duty, and how far it has been dealt with."""

    days_ago: int
    hour: int
    role: Role
    kind: IncidentKind
    what: str
    measures: str = ""
    is_hurt: bool = False
    called: tuple[Called, ...] = ()
    is_reviewed: bool = False
    at_household: bool = True


SCENES = (
    Scene(
        241, 14, Role.WORKER, IncidentKind.VERBAL, "지원이 끊긴 까닭을 묻다가 언성이 높아지고 욕설을 함. 5분쯤 듣고 나옴.",
        "팀장과 다시 방문하여 사과받음. 두 사람이 가기로 함.", called=(Called.SUPERVISOR,), is_reviewed=True,
    ),
    Scene(
        187, 10, Role.NURSE, IncidentKind.ANIMAL, "마당에 묶이지 않은 개가 종아리를 물음.",
        "보건소에서 상처 치료와 파상풍 접종. 공무상 재해로 신청함. 방문 전에 전화하여 개를 묶기로 약속받음.",
        is_hurt=True, called=(Called.RESCUE, Called.SUPERVISOR), is_reviewed=True,
    ),
    Scene(
        96, 16, Role.WORKER, IncidentKind.STALKING, "민원 처리 뒤 사흘 동안 퇴근길에 따라오고 밤에 전화를 12번 걺.",
        "112에 신고하고 담당을 바꿈. 업무용 전화번호를 바꿈.", called=(Called.POLICE, Called.SUPERVISOR),
        at_household=False,
    ),
    Scene(
        58, 11, Role.NURSE, IncidentKind.INFECTION, "옴이 의심되는 분의 발을 씻긴 뒤 손등에 발진이 생김.",
        "피부과 진료, 약 처방. 접촉한 물품을 소독하고 그 가구 방문은 장갑을 끼기로 함.", is_hurt=True, is_reviewed=True,
    ),
    Scene(
        23, 15, Role.WORKER, IncidentKind.VERBAL, "술에 취해 반말과 욕설을 하며 문을 막아섬. 이웃이 와서 나올 수 있었음.",
        "팀장 면담, 심리상담 의뢰.", called=(Called.SUPERVISOR,),
    ),
    Scene(2, 10, Role.NURSE, IncidentKind.KILL_THREAT, "", called=(Called.POLICE, Called.SUPERVISOR)),
)  # fmt: skip
EVERY_SECOND_FROM = 1
"""The smaller centres had every second of the scenes."""


@dataclass(frozen=True)
class Dangers:
    """Tells what happened through the services; the same story tells the same."""

    session: Session
    now: datetime
    people: Mapping[str, Account]
    """By login."""
    who: Callable[[str], Identity]

    def load(self, centre: Centre, households: Sequence[Household], *, nth: int) -> None:
        """The phone tree of one centre, and what happened at its households."""
        lead = self._login(centre, Role.SUPERVISOR)
        self._phone_tree(centre, self.who(lead), nth)
        scenes = SCENES if nth == 0 else SCENES[EVERY_SECOND_FROM + nth % 2 :: 2]
        for at, scene in enumerate(scenes):
            household = households[(at * 7 + nth) % len(households)] if scene.at_household else None
            self._happen(scene, household, self.who(self._login(centre, scene.role)), self.who(lead))

    def _login(self, centre: Centre, role: Role) -> str:
        of_centre = (login for login in sorted(self.people) if self.people[login].centre_id == centre.id)
        return next(login for login in of_centre if self.people[login].role is role)

    def _phone_tree(self, centre: Centre, lead: Identity, nth: int) -> None:
        lines = (
            DutyDetails("", f"010-0110-{nth + 1}001", account_id=lead.account_id),
            DutyDetails(f"{centre.dong}장", f"010-0110-{nth + 1}002"),
            DutyDetails("한빛구청 당직실", "02-0110-9000"),
            DutyDetails(f"{centre.code}지구대", f"02-0110-{nth + 1}120"),
        )
        for line in lines:
            add_duty_contact(self.session, centre.id, line, actor=lead, now=self.now)

    def _happen(self, scene: Scene, household: Household | None, actor: Identity, lead: Identity) -> None:
        on = korean_date(self.now) - timedelta(days=scene.days_ago)
        at = datetime.combine(on, time(scene.hour, 20), KOREA)
        report = IncidentReport(
            uuid5(NAMESPACE_URL, f"incident:{actor.account_id}:{scene.days_ago}"), scene.kind, at, is_hurt=scene.is_hurt,
            called=scene.called,
        )  # fmt: skip
        incident = report_incident(self.session, report, household, actor=actor, now=at + timedelta(minutes=3))
        if scene.what:
            self._complete(scene, incident, actor, at + timedelta(hours=5))
        if scene.is_reviewed:
            review_flags(self.session, incident, actor=lead, now=at + timedelta(hours=23))

    def _complete(self, scene: Scene, incident: Incident, actor: Identity, now: datetime) -> None:
        account = IncidentAccount(
            scene.kind, incident.occurred_at, scene.is_hurt, scene.called, scene.what, scene.measures
        )
        complete_incident(self.session, incident, account, version=incident.version, actor=actor, now=now)
