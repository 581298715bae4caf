"""What is said to whoever wants to close a case that is closed. Pure."""

from __future__ import annotations

from datetime import date

from app.cases.rules.moves import LIVE
from app.cases.rules.vocabulary import CaseStage

_WHAT_FOLLOWS = {
    CaseStage.CLOSED: "다시 확인할 일이 남아 있으면 마친 뒤 사례를 끝냅니다.",
    CaseStage.AFTERCARE: "지금은 사후관리 중입니다. 횟수를 채우면 사례를 끝냅니다.",
    CaseStage.ENDED: "끝난 사례입니다. 다시 도울 때에는 사례를 다시 시작합니다.",
}


def closed_already(stage: CaseStage, closed_on: date | None) -> str | None:
    """Why a case is not closed once more, in Korean, with what follows instead; None while it is being worked."""
    if stage in LIVE:
        return None
    on = f"({closed_on})" if closed_on else ""
    return f"이미 종결했습니다{on}. {_WHAT_FOLLOWS[stage]}"
