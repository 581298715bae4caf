"""What a consent covers, on which day and towards whom, and which consents are missing. Pure.

Grounds: 개인정보 보호법 제15조 (수집·이용), 제17조 (제3자 제공), 제18조, 제23조 (민감정보), 제22조의2 (만 14세 미만 아동);
사회보장급여법 제15조 제4항. A consent to be told on goes to one receiver; the other kinds know none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from app.consents.rules.vocabulary import ConsentKind
from app.core.labelled import Labelled
from app.core.text import search_key


@dataclass(frozen=True, slots=True)
class Receiver:
    """An agency: its entry of the directory, or its name as somebody typed it."""

    name: str = ""
    provider_id: int | None = None

    @property
    def is_named(self) -> bool:
        return self.provider_id is not None or bool(self.name.strip())

    def is_same(self, other: Receiver) -> bool:
        """The same entry, or the same name however it is spaced."""
        by_entry = self.provider_id is not None and self.provider_id == other.provider_id
        by_name = bool(self.name.strip()) and search_key(self.name) == search_key(other.name)
        return by_entry or by_name


NOBODY = Receiver()


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """One consent as far as it covers anything."""

    member_id: int
    kind: ConsentKind
    given_on: date
    receiver: Receiver = NOBODY
    valid_until: date | None = None
    withdrawn_on: date | None = None
    is_signed: bool = True
    """False while it waits for the signature on the screen."""
    consent_id: int | None = None

    def holds(self, on: date) -> bool:
        """Whether it stands on a day: given and signed, not run out, not withdrawn. The last day still counts."""
        if not self.is_signed or on < self.given_on or (self.valid_until is not None and on > self.valid_until):
            return False
        return self.withdrawn_on is None or on < self.withdrawn_on

    def is_about(self, need: Need) -> bool:
        """Whether it is the right person's, of the right kind and towards the right receiver, whatever the day."""
        if (self.member_id, self.kind) != (need.member_id, need.kind):
            return False
        return self.kind is not ConsentKind.THIRD_PARTY or self.receiver.is_same(need.receiver)


@dataclass(frozen=True, slots=True)
class Need:
    """One consent that something rests on: whose, of which kind, towards whom."""

    member_id: int
    kind: ConsentKind
    receiver: Receiver = NOBODY


class Lack(Labelled):
    """Why a needed consent is not there."""

    NEVER = "NEVER", "받은 적이 없습니다"
    OTHER_RECEIVER = "OTHER_RECEIVER", "다른 기관에 대한 동의만 있습니다"
    UNSIGNED = "UNSIGNED", "화면 서명을 기다립니다"
    NOT_YET = "NOT_YET", "아직 시작하지 않았습니다"
    RUN_OUT = "RUN_OUT", "기한이 지났습니다"
    WITHDRAWN = "WITHDRAWN", "본인이 거두었습니다"


@dataclass(frozen=True, slots=True)
class Missing:
    """A need that nothing covers, and why."""

    need: Need
    lack: Lack
    consent_id: int | None = None
    """The newest consent that would have covered it: run out, withdrawn, or still to be signed."""


def covering(need: Need, consents: Iterable[ConsentFacts], *, on: date) -> ConsentFacts | None:
    """The newest consent that covers a need on a day; None when there is none."""
    holding = [each for each in consents if each.is_about(need) and each.holds(on)]
    return max(holding, key=_order, default=None)


def what_is_missing(needs: Iterable[Need], consents: Collection[ConsentFacts], *, on: date) -> list[Missing]:
    """Every need that nothing covers on a day, in the order of the needs, each once and with its reason."""
    wanted = dict.fromkeys(needs)
    return [_why(need, consents, on) for need in wanted if covering(need, consents, on=on) is None]


def _why(need: Need, consents: Collection[ConsentFacts], on: date) -> Missing:
    about = sorted((each for each in consents if each.is_about(need)), key=_order)
    if not about:
        return Missing(need, Lack.OTHER_RECEIVER if _holds_elsewhere(need, consents, on) else Lack.NEVER)
    newest = about[-1]
    return Missing(need, _lack(newest, on), newest.consent_id)


def _holds_elsewhere(need: Need, consents: Collection[ConsentFacts], on: date) -> bool:
    of_kind = (each for each in consents if (each.member_id, each.kind) == (need.member_id, need.kind))
    return any(each.holds(on) for each in of_kind)


def _lack(consent: ConsentFacts, on: date) -> Lack:
    if consent.withdrawn_on is not None and on >= consent.withdrawn_on:
        return Lack.WITHDRAWN
    if not consent.is_signed:
        return Lack.UNSIGNED
    return Lack.NOT_YET if on < consent.given_on else Lack.RUN_OUT


def _order(consent: ConsentFacts) -> tuple[date, int]:
    return consent.given_on, consent.consent_id or 0
