"""The people of the demo's list in every state of the queue: waiting, taken up, asked for approval, finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, ImportedList, ListRow, Round
from app.discoveries.rules import ItemOutcome, Route, RowOutcome
from app.discoveries.service import Closing, TryDetails
from app.follow_ups.rules import ContactMode

WINDOW = timedelta(days=53)
"""From the first day of a round to its last: 54 days."""
BEGAN = timedelta(days=7)
M, Became = ContactMode, ItemOutcome


@dataclass(frozen=True, slots=True)
class Plot:
    """How one item goes: tried so, and finished so; without an outcome it is still being worked."""

    modes: tuple[ContactMode, ...] = ()
    outcome: ItemOutcome | None = None
    note: str = ""
    recheck_in: int | None = None
    is_approved: bool = False
    sent_back: str = ""


VAIN = (M.ABSENT, M.NO_ANSWER, M.NO_ANSWER)
PLOTS = (
    Plot((M.CALL,), Became.PUBLIC_OTHER, "에너지바우처를 신청하도록 안내하고 함께 접수함"),
    None,
    Plot((M.NO_ANSWER, M.TEXT)),
    Plot((M.CALL,), Became.NO_NEED, "체납은 이사하며 생긴 착오로, 지난주에 모두 냈다고 함"),
    None,
    Plot((M.OFFICE,), Became.PRIVATE, "푸드뱅크와 도시락 배달을 연계함"),
    Plot(VAIN, Became.UNREACHED, "우편물은 치워져 있음. 이웃은 며칠 전 보았다고 함", 14),
    None,
    Plot((M.CALL,), Became.MONITOR, "일자리를 찾는 중. 한 달 뒤 다시 통화하기로 함", 30),
    Plot((M.LETTER,)),
    Plot((M.CALL,), Became.REFUSED, "도움은 필요 없다고 하며 끊음", 60, is_approved=True),
    None,
    Plot((M.ABSENT,), Became.NOT_FOUND, "주소에 다른 사람이 살고 있음. 관리사무소도 모름", 30, sent_back="통신사 조회를 먼저 해 주세요."),
    Plot((), Became.ALREADY, "생계·주거급여를 받고 있음"),
    None, None,
)  # fmt: skip
"""One after another, in the order of the queue; None waits."""


def work_items(
    session: Session, *, workers: dict[int, Identity], supervisors: dict[int, Identity], now: datetime
) -> int:  # fmt: skip
    """Put the demo's list into a round where it has none, and work some of its items. Returns how many were worked.

    Only people whom the list made known are tried: the story of the others was told already.

    Args:
        workers, supervisors: by centre.
    """
    _in_a_round(session, now)
    worked = 0
    for centre_id, worker in workers.items():
        for at, item in enumerate(_new_people(session, centre_id)):
            plot = PLOTS[at % len(PLOTS)]
            if plot is not None:
                _play(session, item, plot, worker=worker, supervisor=supervisors.get(centre_id), now=now)
                worked += 1
    return worked


def by_centre(
    logins: Sequence[tuple[str, str | None]], who: Callable[[str], Identity], role: str
) -> dict[int, Identity]:
    """One person of a role for each centre: the first of `logins` (login and role)."""
    found: dict[int, Identity] = {}
    for login, given in logins:
        identity = who(login)
        if given == role and identity.centre_id is not None:
            found.setdefault(identity.centre_id, identity)
    return found


def _in_a_round(session: Session, now: datetime) -> None:
    today = korean_date(now)
    for imported in session.scalars(select(ImportedList).where(ImportedList.round_id.is_(None))).all():
        of_round = _round(session, imported, today, now)
        imported.round_id = of_round.id
        rows = select(ListRow.id).where(ListRow.imported_list_id == imported.id)
        session.execute(update(DiscoveryItem).where(DiscoveryItem.list_row_id.in_(rows)).values(round_id=of_round.id))
    session.flush()
    session.expire_all()


def _round(session: Session, imported: ImportedList, today: date, now: datetime) -> Round:
    """The round that is open; begun a week ago where nobody opened one."""
    standing = select(Round).where(
        Round.district_id == imported.district_id, Round.opens_on <= today, Round.closes_on >= today
    )
    found = session.scalars(standing.order_by(Round.id).limit(1)).one_or_none()
    if found is None:
        opens_on = today - BEGAN
        found = Round(
            district_id=imported.district_id, source=Route.SYS_CENTRAL, title=f"{opens_on.year}년 {opens_on.month // 2 + 1}차 중앙 발굴",
            opens_on=opens_on, closes_on=opens_on + WINDOW, by_id=imported.imported_by_id, at=now,
        )  # fmt: skip
        session.add(found)
        session.flush()
    return found


def _new_people(session: Session, centre_id: int) -> Sequence[DiscoveryItem]:
    statement = (
        select(DiscoveryItem)
        .join(ListRow, ListRow.id == DiscoveryItem.list_row_id)
        .where(DiscoveryItem.centre_id == centre_id, ListRow.outcome == RowOutcome.NEW)
    )
    return session.scalars(statement.order_by(DiscoveryItem.score.desc(), DiscoveryItem.id.desc())).all()


def _play(
    session: Session, item: DiscoveryItem, plot: Plot, *, worker: Identity, supervisor: Identity | None, now: datetime
) -> None:  # fmt: skip
    service.claim(session, item, actor=worker, now=now)
    for nth, mode in enumerate(plot.modes):
        key = uuid5(NAMESPACE_URL, f"{item.id}/{nth}")
        service.record_try(session, item, TryDetails(key, mode, now), actor=worker, now=now)
    if plot.outcome is None:
        return
    recheck_on = korean_date(now) + timedelta(days=plot.recheck_in) if plot.recheck_in else None
    service.close_item(session, item, Closing(plot.outcome, plot.note, recheck_on), actor=worker, now=now)
    if supervisor is not None and plot.is_approved:
        service.approve(session, item, actor=supervisor, now=now)
    if supervisor is not None and plot.sent_back:
        service.send_back(session, item, plot.sent_back, actor=supervisor, now=now)
