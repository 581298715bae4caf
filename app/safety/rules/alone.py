"""Who may go alone where, and what is said to whoever may not. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.households.rules import FlagRule
from app.safety.rules.outings import Company

_POLICE = re.compile(r"경찰|지구대|파출소|치안센터|순경|경장|경사|경위|경감|경정|112")
"""How somebody writes that the one who goes along is of the police: their word, their house or their rank."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nobody goes like this."""

    code: str
    text: str
    may_be_allowed: bool
    """Whether the supervisor may let one person go alone for a day."""


ALONE = Refusal("ALONE", "2인 필수 가구입니다. 함께 갈 사람을 정해 주세요.", may_be_allowed=True)
POLICE = Refusal(
    "POLICE", "경찰 동행 가구입니다. 함께 갈 경찰을 적어 주세요. 예: 가람지구대 김 경위", may_be_allowed=True
)
NO_VISIT = Refusal("NO_VISIT", "방문 금지 가구입니다. 찾아가지 말고 내방이나 전화로 만나 주세요.", may_be_allowed=False)


def names_police(name: str) -> bool:
    """Whether a typed companion is of the police: «가람지구대 김 경위»."""
    return _POLICE.search(name) is not None


def refusal_of(rule: FlagRule | None, company: Company, *, is_allowed: bool) -> Refusal | None:
    """Why a visit to a household under `rule` may not be planned or begun; None when it may.

    Args:
        is_allowed: the supervisor let this person go alone on this day; nothing allows a visit that is forbidden.
    """
    if rule is FlagRule.NO_VISIT:
        return NO_VISIT
    if rule not in (FlagRule.PAIR, FlagRule.POLICE) or is_allowed:
        return None
    if rule is FlagRule.POLICE:
        return None if names_police(company.name) else POLICE
    return None if company.is_named else ALONE


def asks_why_alone(rule: FlagRule | None, company: Company) -> bool:
    """Whether the record of a visit asks why it was made alone; it is asked for, never refused."""
    return rule in (FlagRule.PAIR, FlagRule.POLICE, FlagRule.NO_VISIT) and not company.is_named
