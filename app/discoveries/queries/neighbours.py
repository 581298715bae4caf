"""Reports of neighbours: how many came in, the one of an item, and the centres the public page offers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Centre, District
from app.core.errors import NotFound
from app.discoveries.models import DiscoveryItem, NeighbourReport
from app.discoveries.queries.items import get_item
from app.discoveries.rules.neighbours import IN_A_ROW, REMEMBERED, Seen, Sign, may_see_reporter, signs_of


def public_centres(session: Session) -> Sequence[Centre]:
    """Every centre of this installation, by 시군구 and 행정동: what stands on the door of each."""
    return session.scalars(select(Centre).join(District).order_by(District.name, Centre.dong)).all()


def count_reports(session: Session, sender: str, *, now: datetime) -> Seen:
    """How many reports came in of late, of one sender and of everybody."""
    since = {"row": now - IN_A_ROW, "day": now - REMEMBERED}
    of_one = NeighbourReport.sender_hash == sender
    late, today = NeighbourReport.at > since["row"], NeighbourReport.at > since["day"]
    counts = select(
        func.count().filter(of_one, late), func.count().filter(of_one, today), func.count().filter(late)
    ).where(today)  # fmt: skip
    row = session.execute(counts).one()
    return Seen(*(int(number) for number in row))


def same_report(session: Session, sender: str, *, place: str, seen: str, now: datetime) -> NeighbourReport | None:
    """The report the same sender has sent within a day with the same words: a second tap, or the way back."""
    statement = select(NeighbourReport).where(
        NeighbourReport.sender_hash == sender, NeighbourReport.at > now - REMEMBERED, NeighbourReport.place == place,
        NeighbourReport.seen == seen,
    )  # fmt: skip
    return session.scalars(statement.order_by(NeighbourReport.id)).first()


def report_of(session: Session, item_id: int) -> NeighbourReport | None:
    """The report an item came of; None for every other item."""
    return session.scalars(select(NeighbourReport).where(NeighbourReport.item_id == item_id)).one_or_none()


def signs_by_item(session: Session, items: Collection[DiscoveryItem]) -> dict[int, tuple[Sign, ...]]:
    """What was ticked, of those items that came of a report."""
    ids = [item.id for item in items if item.list_row_id is None]
    statement = select(NeighbourReport.item_id, NeighbourReport.kinds).where(NeighbourReport.item_id.in_(ids))
    return {item_id: signs_of(kinds) for item_id, kinds in session.execute(statement)} if ids else {}


def reads_reporter(who: Identity, item: DiscoveryItem) -> bool:
    """Whether this person may read who reported."""
    return may_see_reporter(
        holder_id=item.claimed_by_id, acting_for=who.acting_for, is_supervisor=who.role is Role.SUPERVISOR
    )


def get_reporter(session: Session, who: Identity, item_id: int) -> NeighbourReport:
    """The report of an item in scope with whoever wrote it, or NotFound: for the holder and the supervisors alone."""
    item = get_item(session, who, item_id)
    report = report_of(session, item.id)
    if report is None or not report.names_somebody or not reads_reporter(who, item):
        raise NotFound
    return report
