"""What is kept of a provider, and what an entry must hold. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.errors import RuleBroken
from app.core.text import normalise
from app.providers.rules.vocabulary import ProviderKind

NAME_LIMIT, WORD_LIMIT, LINE_LIMIT, NOTE_LIMIT = 60, 40, 200, 1000
MOST_SERVICES = 30
_PARTS = re.compile(r"[,·;\n/]+")


@dataclass(frozen=True, slots=True)
class ProviderDetails:
    """One entry as somebody types it."""

    kind: ProviderKind
    name: str
    services: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    address: str = ""
    contact: str = ""
    note: str = ""


def services_from(text: str) -> tuple[str, ...]:
    """Words of what it gives out of one line: «밑반찬, 이동 지원» (commas, middle dots, slashes, new lines), each once."""
    words = (normalise(part) for part in _PARTS.split(text))
    return tuple(dict.fromkeys(word for word in words if word))


def check_provider(details: ProviderDetails) -> None:
    """Refuse what nobody could find again.

    Raises:
        RuleBroken: no name, or too many or too long words for what it gives.
    """
    if not normalise(details.name):
        raise RuleBroken("NAME_NEEDED", "기관 이름을 적어 주세요.", field="name")
    if len(details.services) > MOST_SERVICES:
        raise RuleBroken("TOO_MANY_SERVICES", f"서비스는 {MOST_SERVICES}가지까지 적습니다.", field="services")
    if any(len(word) > WORD_LIMIT for word in details.services):
        raise RuleBroken(
            "SERVICE_TOO_LONG", f"서비스 하나는 {WORD_LIMIT}자까지입니다. 쉼표로 나누어 주세요.", field="services"
        )
