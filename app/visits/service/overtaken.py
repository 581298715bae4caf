"""Two people correcting one record: what somebody else corrected since the form was opened, beside what it wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.care.queries import typed_words
from app.care.rules import CareDetails
from app.core.clock import korean_time
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Member
from app.households.service import Overtaken
from app.visits.models import Visit
from app.visits.rules import CrisisAction, Symptom, VisitDetails
from app.visits.service.correcting import beside_the_second
from app.visits.service.filling import HEALTH_TEXTS, snapshot, snapshot_of

HEALTH = HEALTH_TEXTS | {"vitals", "symptom_checks", "actions_taken", "care_health"}
Say = Callable[[Session, Any], str]


def overtaken_in_visit(
    session: Session, visit: Visit, details: VisitDetails, *, opened: int, with_health: bool
) -> list[Overtaken]:
    """What stands differently in a record since version `opened`, beside what `details` wants there.

    Empty when there never was such a version. Without `with_health` nothing of the nursing note and the vitals.
    """
    base = next((version.before for version in visit.versions if version.number == opened), None)
    if base is None:
        return []
    now = snapshot(visit)
    wanted = snapshot_of(beside_the_second(visit, details)) | typed_words(
        session, visit.household, details.care or CareDetails()
    )
    return [
        _overtaken(session, visit, name, base.get(name), now.get(name), wanted.get(name))
        for name in _WORDS
        if base.get(name) != now.get(name) and (with_health or name not in HEALTH)
    ]


def _overtaken(session: Session, visit: Visit, name: str, before: Any, after: Any, typed: Any) -> Overtaken:
    (label, say), latest = _WORDS[name], visit.versions[-1]
    return Overtaken(
        name, label, say(session, before), say(session, after), say(session, typed), latest.by.name, latest.at
    )


def _text(_session: Session, value: Any) -> str:
    return str(value or "")


def _lines(_session: Session, value: Any) -> str:
    return ", ".join(value or ())


def _clock(_session: Session, value: Any) -> str:
    return korean_time(datetime.fromisoformat(value)).strftime("%Y-%m-%d %H:%M") if value else ""


def _label(kind: Any) -> Say:
    return lambda _session, value: str(kind(value).label)


def _names(kind: type[Account] | type[Member]) -> Say:
    def say(session: Session, value: Any) -> str:
        return ", ".join(session.scalars(select(kind.name).where(kind.id.in_(value or ())).order_by(kind.id)))

    return say


def _vitals(session: Session, value: Any) -> str:
    names = dict(session.execute(select(Member.id, Member.name).where(Member.id.in_({one for one, _ in value}))).all())
    return ", ".join(f"{names.get(member_id, '')} {line}".strip() for member_id, line in value)


def _symptoms(_session: Session, value: Any) -> str:
    return ", ".join(Symptom(one).label for check in value for one in check["symptoms"]) or ("없음" if value else "")


def _actions(_session: Session, value: Any) -> str:
    return ", ".join(f"{CrisisAction(done['action']).label} {done['note']}".strip() for done in value)


_WORDS: Mapping[str, tuple[str, Say]] = {
    "occurred_on": ("날짜", _text),
    "began_at": ("시작", _clock),
    "ended_at": ("끝", _clock),
    "mode": ("어떻게 만났습니까", _label(ContactMode)),
    "purpose": ("무슨 일로", _label(Purpose)),
    "members_seen": ("만난 사람", _names(Member)),
    "companion_ids": ("함께 간 사람", _names(Account)),
    "companion_name": ("함께 간 다른 사람", _text),
    "alone_because": ("혼자 간 까닭", _text),
    "place": ("장소", _text),
    "vitals": ("활력징후", _vitals),
    "symptom_checks": ("증상", _symptoms),
    "actions_taken": ("위험한 값에 한 일", _actions),
    "care": ("한 일", _lines),
    "care_health": ("한 일·평가·복약", _lines),
    "nursing_note": ("간호 기록", _text),
    "shared_line": ("함께 보는 한 줄", _text),
    "welfare_note": ("복지 기록", _text),
    "told_to": ("알린 사람", _text),
    "promised_on": ("다음에 오기로 한 날", _text),
    "promise_note": ("약속한 일", _text),
    "next_visit_reason": ("제안보다 늦춘 까닭", _text),
}
