"""Put a list that came by itself into a round (차수), and take it out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import CursorResult, Update, exists, select, update
from sqlalchemy.orm import Session, aliased

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.discoveries.models import DiscoveryItem, ImportedList, ListRow, Round
from app.discoveries.queries.rounds import list_open_rounds
from app.discoveries.rules import Route
from app.discoveries.rules.rounds import Window


def list_fitting_rounds(session: Session, who: Identity, imported: ImportedList, *, today: date) -> Sequence[Round]:
    """The rounds into which somebody may put a list, the newest first; none while it is in one or not theirs alone."""
    if imported.round_id is not None or imported.rows_left or not _is_of(who, imported):
        return []
    source = _source_of(session, imported)
    return [each for each in list_open_rounds(session, who, today=today) if each.source is source]


def may_leave_round(who: Identity, imported: ImportedList, *, today: date) -> bool:
    """Whether taking a list out of its round is worth a button."""
    return imported.round is not None and _is_of(who, imported) and not _window(imported.round).is_over(today)


def put_into_round(
    session: Session, imported: ImportedList, of_round: Round, *, actor: Identity, now: datetime
) -> int:  # fmt: skip
    """Let a round count the people of a list. Put into it already, it changes nothing. Returns how many people joined.

    Whoever the round knows by another list is not counted twice: that item stays outside.

    Raises:
        RuleBroken: the list is in another round, still coming in or of other centres as well; the round is of another
            시군구, over, or of another source.
    """
    _hold(session, Round, of_round.id)
    _hold(session, ImportedList, imported.id)
    if imported.round_id == of_round.id:
        return 0
    _refuse_unfit(session, imported, of_round, actor=actor, today=korean_date(now))
    imported.round_id = of_round.id
    known = select(DiscoveryItem.person_key).where(
        DiscoveryItem.round_id == of_round.id, DiscoveryItem.person_key != ""
    )  # fmt: skip
    free = _items_of(imported).where(DiscoveryItem.round_id.is_(None), DiscoveryItem.person_key.not_in(known))
    moved = _moved(session, free.values(round_id=of_round.id))
    _record(session, imported, f"round:{of_round.id} in", moved, actor=actor, now=now)
    return moved


def take_out_of_round(session: Session, imported: ImportedList, *, actor: Identity, now: datetime) -> int:
    """Let the round of a list count its people no more. Out already, it changes nothing. Returns how many left.

    Raises:
        RuleBroken: the list is of other centres as well, its round is over, or another list of the round shares people
            with this one.
    """
    _hold(session, ImportedList, imported.id)
    of_round = imported.round
    if of_round is None:
        return 0
    _refuse_others(actor, imported)
    if _window(of_round).is_over(korean_date(now)):
        raise RuleBroken("ROUND_OVER", "끝난 차수의 수치는 바꾸지 않습니다.")
    if _is_shared(session, imported):
        raise RuleBroken("SHARED", "같은 차수의 다른 명단이 이 명단의 사람을 함께 씁니다. 그래서 뺄 수 없습니다.")
    imported.round_id = None
    moved = _moved(session, _items_of(imported).where(DiscoveryItem.round_id == of_round.id).values(round_id=None))
    _record(session, imported, f"round:{of_round.id} out", moved, actor=actor, now=now)
    return moved


def _hold(session: Session, table: type[Round | ImportedList], key: int) -> None:
    """One after the other: two lists put into a round at once must not both bring the same person."""
    held = select(table).where(table.id == key).with_for_update()
    session.scalars(held.execution_options(populate_existing=True)).one()


def _refuse_unfit(
    session: Session, imported: ImportedList, of_round: Round, *, actor: Identity, today: date
) -> None:  # fmt: skip
    _refuse_others(actor, imported)
    if imported.round_id is not None:
        raise RuleBroken("IN_ROUND", "이미 다른 차수의 명단입니다. 먼저 그 차수에서 빼 주세요.", field="round_id")
    if imported.rows_left:
        raise RuleBroken("COMING_IN", "아직 담는 중인 명단입니다. 다 담은 뒤에 넣어 주세요.", field="round_id")
    if of_round.district_id != imported.district_id:
        raise RuleBroken("FAR_ROUND", "우리 시군구의 차수를 골라 주세요.", field="round_id")
    if _window(of_round).is_over(today):
        raise RuleBroken("ROUND_OVER", "끝난 차수에는 넣을 수 없습니다.", field="round_id")
    source = _source_of(session, imported)
    if of_round.source is not source:
        text = f"발굴 경로가 다릅니다. 명단: {source.label}, 차수: {of_round.source.label}."
        raise RuleBroken("OTHER_SOURCE", text, field="round_id")


def _refuse_others(actor: Identity, imported: ImportedList) -> None:
    if not _is_of(actor, imported):
        raise RuleBroken("NOT_OURS", "다른 센터의 사람도 든 명단의 차수는 시군구 담당이 정합니다.", field="round_id")


def _is_of(who: Identity, imported: ImportedList) -> bool:
    """Whether a list is the 시군구's to whoever keeps its rounds, or wholly of the person's own centre."""
    if who.centre_id is None:
        return imported.district_id == who.district_id
    return imported.judged_for == f"centre:{who.centre_id}"


def _source_of(session: Session, imported: ImportedList) -> Route:
    """By which way its people became known, as their items say; a list without any came the central way."""
    statement = select(DiscoveryItem.source).join(ListRow, ListRow.id == DiscoveryItem.list_row_id)
    return session.scalar(statement.where(ListRow.imported_list_id == imported.id).limit(1)) or Route.SYS_CENTRAL


def _is_shared(session: Session, imported: ImportedList) -> bool:
    own, follower = aliased(ListRow), aliased(ListRow)
    statement = (
        select(follower.id)
        .join(own, own.id == follower.follows_id)
        .join(ImportedList, ImportedList.id == follower.imported_list_id)
        .where(
            own.imported_list_id == imported.id,
            ImportedList.id != imported.id,
            ImportedList.round_id == imported.round_id,
        )
    )
    return bool(session.scalar(select(exists(statement))))


def _window(of_round: Round) -> Window:
    return Window(of_round.opens_on, of_round.closes_on)


def _items_of(imported: ImportedList) -> Update:
    rows = select(ListRow.id).where(ListRow.imported_list_id == imported.id)
    return update(DiscoveryItem).where(DiscoveryItem.list_row_id.in_(rows))


def _moved(session: Session, statement: Update) -> int:
    session.flush()
    done = cast(CursorResult[object], session.execute(statement.execution_options(synchronize_session=False)))
    session.expire_all()
    return int(done.rowcount)


def _record(
    session: Session, imported: ImportedList, what: str, moved: int, *, actor: Identity, now: datetime
) -> None:  # fmt: skip
    audit.record(
        session, Action.TRIAGE, subject=f"list:{imported.id}", row_count=moved, detail=what, actor=actor, now=now
    )  # fmt: skip
