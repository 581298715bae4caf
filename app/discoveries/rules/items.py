"""The states of an item and who may move it: one table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.labelled import Labelled
from app.discoveries.rules.vocabulary import ItemState


class ItemAct(Labelled):
    """What can be done with an item."""

    CLAIM = "CLAIM", "맡기"
    RELEASE = "RELEASE", "내려놓기"
    TAKE_OVER = "TAKE_OVER", "넘겨받기"
    TRY = "TRY", "연락 시도 적기"
    CLOSE = "CLOSE", "결과 적기"
    ASK = "ASK", "결재 올리기"
    APPROVE = "APPROVE", "승인"
    SEND_BACK = "SEND_BACK", "돌려보내기"
    UNDO = "UNDO", "되돌리기"
    COME_BACK = "COME_BACK", "다시 확인"


MOVES: Mapping[tuple[ItemState, ItemAct], ItemState] = {
    (ItemState.OPEN, ItemAct.CLAIM): ItemState.CLAIMED,
    (ItemState.CLAIMED, ItemAct.RELEASE): ItemState.OPEN,
    (ItemState.CLAIMED, ItemAct.TAKE_OVER): ItemState.CLAIMED,
    (ItemState.CLAIMED, ItemAct.TRY): ItemState.CLAIMED,
    (ItemState.CLAIMED, ItemAct.CLOSE): ItemState.CLOSED,
    (ItemState.CLAIMED, ItemAct.ASK): ItemState.ASKED,
    (ItemState.ASKED, ItemAct.APPROVE): ItemState.CLOSED,
    (ItemState.ASKED, ItemAct.SEND_BACK): ItemState.CLAIMED,
    (ItemState.ASKED, ItemAct.UNDO): ItemState.CLAIMED,
    (ItemState.CLOSED, ItemAct.UNDO): ItemState.CLAIMED,
    (ItemState.CLOSED, ItemAct.COME_BACK): ItemState.OPEN,
}
"""Every move there is; any other is refused."""
HOLDERS_OWN = frozenset({ItemAct.RELEASE, ItemAct.TRY, ItemAct.CLOSE, ItemAct.ASK})
"""Only whoever holds the item may do these."""


def state_after(state: ItemState, act: ItemAct) -> ItemState:
    """Where an act leads.

    Raises:
        RuleBroken: it leads nowhere from here.
    """
    try:
        return MOVES[state, act]
    except KeyError:
        text = f"지금은 «{state.label}» 상태여서 할 수 없는 일입니다({act.label}). 바뀐 내용을 확인해 주세요."
        raise RuleBroken("WRONG_STATE", text) from None


def refuse_others(act: ItemAct, *, holder_id: int | None, actor_id: int | None) -> None:
    """Refuse what belongs to whoever holds the item.

    Raises:
        RuleBroken: somebody else holds it.
    """
    if act in HOLDERS_OWN and (actor_id is None or holder_id != actor_id):
        raise RuleBroken("NOT_YOURS", "이 건을 맡은 사람만 적을 수 있습니다. 먼저 맡거나 팀장에게 말씀해 주세요.")


def may_undo(outcome_at: datetime | None, *, now: datetime) -> bool:
    """Whether a closing is of today: what was told to others yesterday is not taken back here."""
    return outcome_at is not None and korean_date(outcome_at) == korean_date(now)
