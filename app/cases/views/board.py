"""사례: the board by stage and the list a keyboard can work."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from app.access.permissions import Permission
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.cases import queries
from app.cases.rules import BoardFilter, CaseClass, CaseStage, columns_of, in_need_order
from app.cases.views.blueprint import blueprint
from app.core import clock
from app.core.keys import key_typed
from app.extensions import db
from app.web.security import current_identity, requires

CARDS_IN_COLUMN = 5
MOST_LISTED = 200


@blueprint.get("/cases")
@requires(Permission.SEE_CASES)
def board() -> Any:
    """Cases of the scope by stage, narrowed by keeper, class and lateness; `?view=list` as one list."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    every = queries.cards_of(db.session, identity, today=today)
    wanted = _wanted()
    cards = in_need_order(card for card in every if wanted.keeps(card))
    is_list = request.args.get("view") == "list" or wanted.stage is not None
    columns = columns_of(cards)
    shown = cards[:MOST_LISTED] if is_list else [card for _, each in columns for card in each[:CARDS_IN_COLUMN]]
    audit.record_list(
        db.session, Action.LIST, [card.household_id for card in shown], subject="cases", actor=identity, now=now
    )
    keepers = {card.keeper_id: card.keeper for card in every if card.keeper_id}
    return render_template(
        "cases/board.html", columns=columns, cards=shown, total=len(cards), every=len(every), wanted=wanted,
        is_list=is_list, keepers=sorted(keepers.items(), key=lambda each: each[1]), classes=list(CaseClass),
        most=CARDS_IN_COLUMN, late=sum(card.is_late for card in every), today=today,
        waiting=queries.count_waiting(db.session, identity) if _approves() else None,
    )  # fmt: skip


def _approves() -> bool:
    """Whether the reader may have something to decide: the list of 결재 is a supervisor's and the district's to see."""
    identity = current_identity()
    return can(identity, Permission.SEE_CASES) and identity.role.value in ("SUPERVISOR", "DISTRICT")


def _wanted() -> BoardFilter:
    """What the address asks for; what it says wrongly narrows nothing."""
    case_class, stage = request.args.get("class", ""), request.args.get("stage", "")
    return BoardFilter(
        key_typed(request.args.get("keeper")) or None,
        CaseClass(case_class) if case_class in set(CaseClass) else None,
        CaseStage(stage) if stage in set(CaseStage) else None,
        request.args.get("late") == "1",
    )
