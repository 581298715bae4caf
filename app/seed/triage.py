"""The people of the demo's list in every state of the queue: waiting, taken up, asked for approval, finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, ImportedList, ListRow
from app.discoveries.rules import ItemOutcome
from app.discoveries.service import Closing, TryDetails
from app.follow_ups.rules import ContactMode
from app.households.models import Household

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
    Plot(VAIN, Became.UNREACHED, "우편물은 치워져 있음. 이웃은 며칠 전 보았다고 함", 14),
    Plot((M.CALL,), Became.PUBLIC_OTHER, "에너지바우처를 신청하도록 안내하고 함께 접수함"),
    None,
    Plot((M.NO_ANSWER, M.TEXT)),
    Plot((M.CALL,), Became.NO_NEED, "체납은 이사하며 생긴 착오로, 지난주에 모두 냈다고 함"),
    None,
    Plot((M.OFFICE,), Became.PRIVATE, "푸드뱅크와 도시락 배달을 연계함"),
    None,
    Plot((M.CALL,), Became.MONITOR, "일자리를 찾는 중. 한 달 뒤 다시 통화하기로 함", 30),
    Plot((M.LETTER,)),
    Plot((M.CALL,), Became.REFUSED, "도움은 필요 없다고 하며 끊음", 60, is_approved=True),
    None,
    Plot((M.ABSENT,), Became.NOT_FOUND, "주소에 다른 사람이 살고 있음. 관리사무소도 모름", 30, sent_back="통신사 조회를 먼저 해 주세요."),
    Plot((), Became.ALREADY, "생계·주거급여를 받고 있음"),
    None, None,
)  # fmt: skip
"""One after another, in the order of the queue; None waits. The first asks, so that an approval waits in every centre."""


def work_items(
    session: Session, *, workers: Mapping[int, Identity], supervisors: Mapping[int, Identity], now: datetime
) -> int:  # fmt: skip
    """Work some items of the newest list. Returns how many were worked.

    Only people whom nobody looks after are tried: the story of the others was told already.

    Args:
        workers, supervisors: by centre.
    """
    worked = 0
    for centre_id, worker in workers.items():
        for at, item in enumerate(_strangers(session, centre_id)):
            plot = PLOTS[at % len(PLOTS)]
            if plot is not None:
                _play(session, item, plot, worker=worker, supervisor=supervisors.get(centre_id), now=now)
                worked += 1
    return worked


def _strangers(session: Session, centre_id: int) -> Sequence[DiscoveryItem]:
    """Items of the newest list about households nobody looks after yet, the most urgent first."""
    newest = select(func.max(ImportedList.id)).scalar_subquery()
    statement = (
        select(DiscoveryItem)
        .join(ListRow, ListRow.id == DiscoveryItem.list_row_id)
        .join(Household, Household.id == DiscoveryItem.household_id)
        .where(
            DiscoveryItem.centre_id == centre_id, ListRow.imported_list_id == newest, Household.worker_id.is_(None)
        )
    )  # fmt: skip
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
