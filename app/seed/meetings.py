"""Case conferences of the fictional district: two that were held and confirmed, one to be written up, one to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import CaseStage
from app.conferences import queries
from app.conferences.models import Conference
from app.conferences.rules import Attendee, ConferenceKind, Decision, ItemDraft
from app.conferences.service import (
    ConferenceDetails,
    add_cases,
    confirm_minutes,
    draft_of,
    keep_minutes,
    plan_conference,
)
from app.core.clock import KOREA
from app.core.holidays import public_holidays
from app.seed.team import Team
from app.seed.workdays import Workdays

GUESTS = (
    Attendee("서가온", "가람종합사회복지관"), Attendee("문다온", "한빛구 정신건강복지센터"),
    Attendee("배라온", "다솜지역자활센터"),
)  # fmt: skip
D = Decision
SELECTED = (D.SELECT_GENERAL, D.LINKAGE, D.SELECT_COMPLEX, D.NOT_SELECTED)
SAID = {
    D.SELECT_GENERAL: ("경제와 식사 욕구가 함께 있어 한 가지 서비스로는 어렵다는 의견.", "일반 사례로 정하고 2주 안에 계획을 세움"),
    D.LINKAGE: ("밑반찬과 말벗이 이어지면 스스로 지내실 수 있다는 의견.", "서비스를 잇고 한 달 뒤 한 번 점검함"),
    D.SELECT_COMPLEX: ("식사와 관계, 집 안 환경이 얽혀 있어 여러 기관이 함께 보아야 한다는 의견.", "고난도로 정하고 가람종합사회복지관과 함께 방문함"),
    D.NOT_SELECTED: ("자녀가 돌보기로 하였고 급여도 받고 있음.", "선정하지 않고 필요할 때 다시 접수함"),
    D.KEEP_ON: ("반찬이 잘 전해지고 있고 얼굴이 밝아지셨다는 보고.", "지금 계획대로 이어 감"),
}  # fmt: skip
"""What was said, and the words of the decision."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One conference: so many working days from today, of this kind, about cases in these stages, decided in turn so."""

    days: int
    kind: ConferenceKind
    stages: tuple[CaseStage, ...]
    decisions: tuple[Decision, ...] = ()
    most: int = 6


MEETINGS = (
    Meeting(-15, ConferenceKind.INTEGRATED, (CaseStage.SERVICE,), (D.KEEP_ON,)),
    Meeting(-3, ConferenceKind.INTERNAL, (CaseStage.CONFERENCE,), SELECTED, most=4),
    Meeting(-1, ConferenceKind.INTERNAL, (CaseStage.ASSESSMENT,), most=2),
    Meeting(2, ConferenceKind.INTERNAL, (CaseStage.CONFERENCE, CaseStage.PLAN)),
)
"""Without decisions the minutes wait to be written."""


class Meetings:
    """Holds the conferences of every centre that has a supervisor."""

    def __init__(self, session: Session, team: Team, *, today: date, now: datetime) -> None:
        self.session, self.team, self.today, self.now = session, team, today, now
        self.workdays = Workdays.without(public_holidays(range(today.year - 1, today.year + 2)))

    def load(self) -> int:
        """Returns how many were planned."""
        planned = 0
        for centre_id, lead in self.team.supervisors.items():
            for meeting in MEETINGS:
                cases = self._cases(centre_id, meeting)
                if cases:
                    self._hold(centre_id, meeting, cases, lead)
                    planned += 1
        return planned

    def _hold(self, centre_id: int, meeting: Meeting, cases: Sequence[Case], lead: Identity) -> None:
        on = self._day_of(meeting)
        at = min(self._at(on - timedelta(days=2)), self.now)
        worker = self.team.workers.get(centre_id, lead)
        own = tuple(Attendee(who.name, who.centre_name, who.account_id) for who in dict.fromkeys((lead, worker)))
        guests = GUESTS if meeting.kind is ConferenceKind.INTEGRATED else ()
        details = ConferenceDetails(centre_id, meeting.kind, on, time(14), "2층 회의실", (*own, *guests))
        conference = plan_conference(self.session, details, actor=lead, now=at)
        add_cases(self.session, conference, [case.id for case in cases], actor=lead, now=at)
        if meeting.decisions:
            self._write_up(conference, meeting, lead, self._at(on))

    def _write_up(self, conference: Conference, meeting: Meeting, lead: Identity, at: datetime) -> None:
        marks = queries.marks_of(self.session, [item.case for item in conference.agenda])
        empty = draft_of(conference, list(conference.agenda))
        items = tuple(
            _decided(item, meeting.decisions[nth % len(meeting.decisions)], marks[case_id])
            for nth, (item, case_id) in enumerate(
                zip(empty.items, (each.case_id for each in conference.agenda), strict=True)
            )
        )
        written = replace(
            empty, ended=time(15, 30), opening="지난 회의의 결정이 어떻게 되었는지 함께 살핌.", items=items
        )
        keep_minutes(self.session, conference, written, version=conference.version, actor=lead, now=at)
        confirm_minutes(self.session, conference, version=conference.version, actor=lead, now=at + timedelta(hours=1))

    def _cases(self, centre_id: int, meeting: Meeting) -> Sequence[Case]:
        on = self._day_of(meeting)
        statement = select(Case).where(
            Case.centre_id == centre_id, Case.stage.in_(meeting.stages), Case.stage_since <= on
        )
        return self.session.scalars(statement.order_by(Case.stage_since, Case.id).limit(meeting.most)).all()

    def _day_of(self, meeting: Meeting) -> date:
        """Never a Saturday, a Sunday or a holiday: nobody is at the office."""
        if meeting.days < 0:
            return self.workdays.before(self.today, -meeting.days)
        return self.workdays.after(self.today, meeting.days)

    def _at(self, on: date) -> datetime:
        return datetime.combine(on, time(16), KOREA)


def _decided(item: ItemDraft, decision: Decision, mark: str) -> ItemDraft:
    said, note = SAID[decision]
    return replace(item, said=said, decision=decision, note=note, seen=mark)
