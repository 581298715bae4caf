"""What must be said when somebody agrees: who signs for whom, on which channel, for how long. Pure.

A child below fourteen cannot agree alone (개인정보 보호법 제22조의2). What was only said needs a note of what was said. Terms
in months are proposals of the text; a consent runs five years at most, then one asks again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.consents.rules.covering import NOBODY, Receiver
from app.consents.rules.vocabulary import ConsentChannel, ConsentKind, Signer
from app.core.errors import RuleBroken
from app.follow_ups.rules import Span

CHILD_BELOW = 14
LONGEST_MONTHS = 60
SOON = (30, 60)
"""Days ahead the list of those that run out looks."""


@dataclass(frozen=True, slots=True)
class ConsentDetails:
    """A consent as somebody types it."""

    member_id: int
    kind: ConsentKind
    text_id: int
    channel: ConsentChannel
    given_on: date
    valid_until: date | None = None
    receiver: Receiver = NOBODY
    signer: Signer = Signer.SELF
    signer_name: str = ""
    proxy_because: str = ""
    note: str = ""


def refusals(details: ConsentDetails, *, age: int | None, today: date) -> list[RuleBroken]:
    """Everything that is wrong with a consent, each at its field; empty when it may be kept.

    Args:
        age: of whose consent it is, on the day it was given; None when it is not known.
    """
    return [*_days(details, today), *_receiver(details), *_signer(details, age), *_channel(details)]


def _days(details: ConsentDetails, today: date) -> Iterator[RuleBroken]:
    given, until = details.given_on, details.valid_until
    if given > today:
        yield RuleBroken("TO_COME", "아직 오지 않은 날입니다.", field="given_on")
        return  # five years after the last day of the calendar there is no day to compare with
    if until is not None and until < given:
        yield RuleBroken("ENDS_FIRST", "동의한 날보다 앞선 기한입니다.", field="valid_until")
    if until is not None and until > Span(months=LONGEST_MONTHS).after(given):
        yield RuleBroken("TOO_LONG", "동의 기한은 5년까지입니다. 그 뒤에는 다시 받습니다.", field="valid_until")


def _receiver(details: ConsentDetails) -> Iterator[RuleBroken]:
    if details.kind is ConsentKind.THIRD_PARTY and not details.receiver.is_named:
        yield RuleBroken(
            "NO_RECEIVER", "어느 기관에 알려도 좋은지 적어 주세요. 기관마다 따로 받습니다.", field="receiver"
        )


def _signer(details: ConsentDetails, age: int | None) -> Iterator[RuleBroken]:
    if age is not None and age < CHILD_BELOW and details.signer is not Signer.GUARDIAN:
        yield RuleBroken("CHILD", "만 14세가 되지 않은 아이는 법정대리인이 동의합니다.", field="signer")
    if details.signer is Signer.SELF:
        return
    if not details.signer_name.strip():
        yield RuleBroken("NO_SIGNER", "대신 동의한 분의 이름을 적어 주세요.", field="signer_name")
    if not details.proxy_because.strip():
        yield RuleBroken("NO_PROXY_REASON", "왜 본인이 동의하지 못하는지 적어 주세요.", field="proxy_because")


def _channel(details: ConsentDetails) -> Iterator[RuleBroken]:
    if details.channel is ConsentChannel.SPOKEN and not details.note.strip():
        text = "구두 동의는 언제, 어떻게, 무엇을 듣고 동의했는지 적어 주세요."
        yield RuleBroken("NO_NOTE", text, field="note")


def proposed_end(given_on: date, months: int) -> date:
    """The last day a text proposes for a consent, so many months on."""
    return Span(months=months).after(given_on)
