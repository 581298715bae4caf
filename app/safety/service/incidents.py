"""안전사고: told in half a minute, made whole later; the supervisor hears at once and looks at the safety flags again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.accounts.queries import supervisor_ids
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import RuleBroken, StaleRecord
from app.households.models import Household
from app.safety.models import Incident, IncidentVersion, Outing
from app.safety.rules import IncidentAccount, IncidentReport, account_to_json, has_not_come


def report_incident(
    session: Session, report: IncidentReport, household: Household | None, *, actor: Identity, now: datetime
) -> Incident:
    """Keep the short report and tell the centre's supervisors; the same id again answers with the first report.

    Raises:
        RuleBroken: an id of somebody else's report, a moment that has not come, or somebody of another centre.
    """
    known = session.get(Incident, report.incident_id)
    if known is not None:
        return _own(known, actor)
    _refuse_future(report.occurred_at, now)
    try:
        with session.begin_nested():
            incident = _new(session, report, household, actor, now)
    except IntegrityError:  # the same tablet sent it twice at once
        return _own(session.get_one(Incident, report.incident_id), actor)
    _tell_supervisors(session, incident, actor, now)
    _record(session, incident, "보고", actor=actor, now=now)
    return incident


def _own(known: Incident, actor: Identity) -> Incident:
    if known.reported_by_id != actor.account_id:
        raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 새 화면을 열어 다시 적어 주세요.")
    return known


def _new(
    session: Session, report: IncidentReport, household: Household | None, actor: Identity, now: datetime
) -> Incident:
    centre_id = household.centre_id if household else actor.centre_id
    whose = actor.account_id if report.account_id is None else report.account_id
    _refuse_stranger(session, whose, centre_id, actor)
    incident = Incident(
        id=report.incident_id, centre_id=centre_id, household_id=household.id if household else None,
        outing_id=_open_outing(session, whose, household), account_id=whose, kind=report.kind,
        occurred_at=report.occurred_at, what=report.what, is_hurt=report.is_hurt,
        called=[each.value for each in report.called], measures="", reported_by_id=actor.account_id, reported_at=now,
        version=1,
    )  # fmt: skip
    session.add(incident)
    session.flush()
    return incident


def _refuse_stranger(session: Session, account_id: int | None, centre_id: int | None, actor: Identity) -> None:
    """It happened to oneself, or to somebody of the same centre."""
    if account_id == actor.account_id:
        return
    whose = session.get(Account, account_id)
    if whose is None or whose.centre_id != centre_id:
        raise RuleBroken("NOT_A_COLLEAGUE", "이 센터의 직원이 아닙니다.", field="account_id")


def _refuse_future(occurred_at: datetime, now: datetime) -> None:
    if has_not_come(occurred_at, now):
        raise RuleBroken("FUTURE_TIME", "아직 오지 않은 시각입니다.", field="at")


def _open_outing(session: Session, account_id: int | None, household: Household | None) -> object:
    """The outing during which it happened, when this person is still out at this household."""
    if household is None:
        return None
    newest = select(Outing.id).where(
        Outing.account_id == account_id, Outing.household_id == household.id, Outing.ended_at.is_(None)
    )
    return session.scalars(newest.order_by(Outing.started_at.desc()).limit(1)).first()


def _tell_supervisors(session: Session, incident: Incident, actor: Identity, now: datetime) -> None:
    """Who and how bad, not what: an inbox is read over shoulders."""
    where = f"{incident.household.number} " if incident.household else ""
    whose = session.get_one(Account, incident.account_id)
    hurt = " 다쳤다고 합니다." if incident.is_hurt else ""
    raise_alert(
        session, AlertKind.INCIDENT, subject=f"incident:{incident.id}",
        recipient_ids=[key for key in supervisor_ids(session, incident.centre_id) if key != actor.account_id],
        text=f"{where}{whose.title}의 안전사고를 확인해 주세요.{hurt}", household_id=incident.household_id, now=now,
    )  # fmt: skip


def complete_incident(
    session: Session, incident: Incident, account: IncidentAccount, *, version: int, actor: Identity, now: datetime
) -> None:
    """Write what happened and what was done; with both it is whole and waits for nobody any more.

    What stood there before is kept, with who changed it. The same account again changes nothing.

    Raises:
        StaleRecord: somebody else saved since `version`; nothing is written over.
        RuleBroken: a moment that has not come.
    """
    session.refresh(incident, with_for_update={"of": Incident})
    if incident.version != version:
        raise StaleRecord
    _refuse_future(account.occurred_at, now)
    if account == incident.told:
        return
    _keep(incident, actor, now)
    incident.kind, incident.occurred_at, incident.is_hurt = account.kind, account.occurred_at, account.is_hurt
    incident.called = [each.value for each in account.called]
    incident.what, incident.measures = account.what, account.measures
    if account.is_whole and incident.completed_at is None:
        incident.completed_at = now
    incident.version += 1
    session.flush()
    _record(session, incident, "보완" if account.is_whole else "고침", actor=actor, now=now)


def _keep(incident: Incident, actor: Identity, now: datetime) -> None:
    before = account_to_json(incident.told)
    number = len(incident.versions) + 1
    incident.versions.append(IncidentVersion(number=number, before=before, at=now, by_id=actor.account_id))


def review_flags(session: Session, incident: Incident, *, actor: Identity, now: datetime) -> None:
    """Note that the household's safety flags were looked at because of it, changed or kept. Twice is once.

    Raises:
        RuleBroken: it happened at no household, so there are no flags.
    """
    if incident.household_id is None:
        raise RuleBroken("NO_HOUSEHOLD", "가구에서 일어난 일이 아니어서 다시 볼 안전 표시가 없습니다.")
    session.refresh(incident, with_for_update={"of": Incident})
    if incident.flags_reviewed_at is not None:
        return
    incident.flags_reviewed_at, incident.flags_reviewed_by_id = now, actor.account_id
    session.flush()
    _record(session, incident, "안전 표시 다시 봄", actor=actor, now=now)


def _record(session: Session, incident: Incident, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.INCIDENT, subject=f"incident:{incident.id}", household_id=incident.household_id, detail=what,
        actor=actor, now=now,
    )  # fmt: skip
