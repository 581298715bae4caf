"""Open a round (차수) and change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.discoveries.models import DiscoveryItem, ImportedList, Round
from app.discoveries.rules import Route
from app.discoveries.rules.rounds import YEARS, Window, default_close


@dataclass(frozen=True, slots=True)
class RoundDetails:
    """What was typed. Without a last day it is the Friday of the eighth week."""

    source: Route
    title: str
    opens_on: date
    closes_on: date | None = None

    @property
    def window(self) -> Window:
        """The first and the last day."""
        return Window(self.opens_on, self.closes_on or default_close(self.opens_on))


def open_round(session: Session, details: RoundDetails, *, actor: Identity, now: datetime) -> Round:
    """Add a round of the own 시군구.

    Raises:
        RuleBroken: no title, another round of this name, or a last day that does not fit the first.
    """
    _refuse_unfit(session, details, actor.district_id, besides=None)
    made = Round(district_id=actor.district_id, by_id=actor.account_id, at=now, version=1)
    _write(made, details)
    session.add(made)
    session.flush()
    audit.record(session, Action.TRIAGE, subject=f"round:{made.id}", detail="opened", actor=actor, now=now)
    return made


def change_round(
    session: Session, of_round: Round, details: RoundDetails, *, version: int, actor: Identity, now: datetime
) -> Round:
    """Give a round other days or another name; its source only while no list has come in and nobody is in it.

    Raises:
        RuleBroken: as `open_round`; also when somebody else changed it meanwhile (CONFLICT).
    """
    session.refresh(of_round, with_for_update=True)
    if of_round.version != version:
        raise RuleBroken(
            "CONFLICT",
            "다른 사람이 먼저 고쳤습니다. 아래는 적은 그대로입니다. 지금 저장된 내용을 확인한 뒤 다시 저장해 주세요.",
        )
    _refuse_unfit(session, details, of_round.district_id, besides=of_round.id)
    if details.source is not of_round.source and _is_used(session, of_round):
        raise RuleBroken("ROUND_IN_USE", "이미 담은 명단이 있어 발굴 경로는 바꿀 수 없습니다.", field="source")
    _write(of_round, details)
    of_round.version += 1
    session.flush()
    audit.record(session, Action.TRIAGE, subject=f"round:{of_round.id}", detail="changed", actor=actor, now=now)
    return of_round


def _write(of_round: Round, details: RoundDetails) -> None:
    of_round.source, of_round.title = details.source, details.title.strip()
    of_round.opens_on, of_round.closes_on = details.window.opens_on, details.window.closes_on


def _refuse_unfit(session: Session, details: RoundDetails, district_id: int, *, besides: int | None) -> None:
    title = details.title.strip()
    if not title:
        raise RuleBroken("TITLE_NEEDED", "차수의 이름을 적어 주세요.", field="title")
    for field, on in (("opens_on", details.opens_on), ("closes_on", details.closes_on)):
        if on is not None and on.year not in YEARS:
            raise RuleBroken("DISTANT_DAY", "해를 확인해 주세요.", field=field)
    if not details.window.fits:
        raise RuleBroken("WINDOW", "끝나는 날은 여는 날부터 한 해 안의 날이어야 합니다.", field="closes_on")
    same = select(Round.id).where(
        Round.district_id == district_id, Round.source == details.source, Round.title == title
    )  # fmt: skip
    if session.scalar(same if besides is None else same.where(Round.id != besides)) is not None:
        raise RuleBroken("ROUND_EXISTS", "같은 경로에 같은 이름의 차수가 있습니다.", field="title")


def _is_used(session: Session, of_round: Round) -> bool:
    lists = select(func.count()).select_from(ImportedList).where(ImportedList.round_id == of_round.id)
    items = select(func.count()).select_from(DiscoveryItem).where(DiscoveryItem.round_id == of_round.id)
    return bool(session.scalar(lists) or session.scalar(items))
