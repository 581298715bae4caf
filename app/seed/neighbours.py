"""What neighbours wrote on the public page of the fictional district, and whom others told of at the desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.discoveries.rules import Route
from app.discoveries.rules.neighbours import Sign
from app.discoveries.service.entry import EntryDetails, enter_item
from app.discoveries.service.neighbours import ReportDetails, receive_report
from app.seed.team import Team

REPORTS = (
    ("가람로 15, 초록 대문 집", "며칠째 불이 켜져 있고 문을 두드려도 대답이 없어요.", (Sign.LIGHTS, Sign.OTHER)),
    ("나래길 31 반지하", "할머니가 쓰레기를 못 내놓으시고 요즘 통 안 보여요.", (Sign.RUBBISH,)),
    ("한빛대로 102, 2층", "아이들만 있는 것 같아요. 밤에도 어른이 없어요.", (Sign.CHILD, Sign.HUNGRY)),
    ("느티나무길 8 옥탑", "전기가 끊긴 것 같습니다. 밤에 촛불을 켜요.", (Sign.CUT_OFF, Sign.MONEY)),
)
ENTRIES = (
    (Route.SELF_VISIT, 1, "일자리를 잃고 월세가 두 달 밀렸다며 찾아오심"),
    (Route.TONGJANG, 3, "통장이 반찬을 나누다 보니 한 달 새 많이 여위셨다고 함"),
    (Route.COUNCIL, 6, "협의체 회의에서 가스가 끊긴 집이 있다고 들음"),
    (Route.SELF_PHONE, 0, "치료비 때문에 급히 도움을 받을 수 있는지 물으심"),
)


class Neighbours:
    """Sends the reports and enters what was told, in turn to every centre."""

    def __init__(self, session: Session, team: Team, *, today: date, now: datetime) -> None:
        self.session, self.team, self.today, self.now = session, team, today, now

    def load(self) -> int:
        """Returns how many items they made."""
        centres = list(self.team.workers)
        for nth, (place, seen, signs) in enumerate(REPORTS):
            at = self.now - timedelta(hours=3 + nth * 20)
            details = ReportDetails(centres[nth % len(centres)], place, seen, signs)
            receive_report(self.session, details, sender=f"seed-{nth}", now=at)
        for nth, (route, days_ago, words) in enumerate(ENTRIES):
            worker = self.team.workers[centres[nth % len(centres)]]
            on = self.today - timedelta(days=days_ago)
            entry = EntryDetails(worker.centre_id or 0, route, on, words)
            enter_item(self.session, entry, actor=worker, now=self.now)
        return len(REPORTS) + len(ENTRIES)
