"""의뢰: by what right facts go to an agency, what stands in the way, and how a referral goes on. Pure.

사회보장급여법 제15조 ④: private bodies are told only with the person's consent. Duties of law and an acute danger to life or
body go without it (개인정보 보호법 제17·18조), but must be named in words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.consents.rules import ConsentKind, Lack, Missing, Need, Receiver
from app.core.labelled import Labelled
from app.plans.rules.vocabulary import ReferralGround, ReferralState

RULE_OF_KIND: Mapping[str, str] = {
    "PUBLIC": "REFERRAL_PUBLIC",
    "PRIVATE": "REFERRAL_PRIVATE",
    "INFORMAL": "REFERRAL_INFORMAL",
}
"""The rule that says within how many days an agency of a kind answers; days are data of the 시군구."""
S = ReferralState
MOVES: Mapping[ReferralState, frozenset[ReferralState]] = {
    S.DRAFT: frozenset({S.SENT, S.ENDED}),
    S.SENT: frozenset({S.REPLIED, S.ENDED}),
    S.REPLIED: frozenset({S.REPLIED}),
    S.ENDED: frozenset(),
}
"""A reply may be put right; a referral that was given up is made anew."""


class SharedFacts(Labelled):
    """Which kinds of facts go along with a referral."""

    NAME = "NAME", "이름·생년월일"
    CONTACT = "CONTACT", "연락처·주소"
    FAMILY = "FAMILY", "가구·가족 사정"
    ECONOMY = "ECONOMY", "소득·급여"
    HEALTH = "HEALTH", "건강"
    NEEDS = "NEEDS", "욕구 조사 결과"
    SERVICES = "SERVICES", "받고 있는 서비스"


class Block(Labelled):
    """What stands in the way of sending a referral; the label says what to do about it."""

    NO_CONSENT = "NO_CONSENT", "이 기관에 알려도 좋다는 «제3자 제공» 동의가 없습니다."
    OTHER_RECEIVER = "OTHER_RECEIVER", "«제3자 제공» 동의가 있지만 받는 곳이 이 기관이 아닙니다."
    RUN_OUT = "RUN_OUT", "이 기관에 대한 «제3자 제공» 동의의 기한이 지났습니다."
    WITHDRAWN = "WITHDRAWN", "이 기관에 대한 «제3자 제공» 동의를 본인이 거두었습니다."
    UNSIGNED = "UNSIGNED", "이 기관에 대한 «제3자 제공» 동의에 아직 서명을 받지 않았습니다."
    NOT_YET = "NOT_YET", "이 기관에 대한 «제3자 제공» 동의는 보내는 날보다 뒤에 받은 것입니다."
    NO_HEALTH_CONSENT = "NO_HEALTH_CONSENT", "건강에 관한 내용을 보내려면 «민감정보» 동의가 있어야 합니다."
    NO_GROUND_WORDS = "NO_GROUND_WORDS", "어떤 법령이나 상황에 따른 의뢰인지 근거를 적어 주세요."
    NO_RECEIVER = "NO_RECEIVER", "어디로 의뢰하는지 고르거나 적어 주세요."
    NO_REASON = "NO_REASON", "의뢰하는 까닭을 적어 주세요."
    NOTHING_ASKED = "NOTHING_ASKED", "무엇을 요청하는지 적어 주세요."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a referral says, as far as sending it depends on it."""

    ground: ReferralGround
    receiver: str
    reason: str
    asked_for: str
    ground_note: str = ""
    shares_health: bool = False
    provider_id: int | None = None

    @property
    def to_whom(self) -> Receiver:
        return Receiver(self.receiver, self.provider_id)


BLOCK_OF_LACK: Mapping[Lack, Block] = {
    Lack.NEVER: Block.NO_CONSENT,
    Lack.OTHER_RECEIVER: Block.OTHER_RECEIVER,
    Lack.UNSIGNED: Block.UNSIGNED,
    Lack.NOT_YET: Block.NOT_YET,
    Lack.RUN_OUT: Block.RUN_OUT,
    Lack.WITHDRAWN: Block.WITHDRAWN,
}


def needs_of(asked: Asked, member_ids: Collection[int]) -> list[Need]:
    """The consents a referral rests on: everybody's whom it is about, and for their health where health goes along."""
    if asked.ground is not ReferralGround.CONSENT:
        return []
    told = [Need(each, ConsentKind.THIRD_PARTY, asked.to_whom) for each in member_ids]
    return told + [Need(each, ConsentKind.SENSITIVE) for each in member_ids if asked.shares_health]


def what_blocks(asked: Asked, missing: Collection[Missing], *, has_people: bool = True) -> list[Block]:
    """All that stands in the way of sending, in the order of the list; nothing: it may be sent.

    Args:
        missing: which of `needs_of` nothing covers on the day.
        has_people: False where there is nobody who could have agreed.
    """
    found = {
        block
        for block, missing in (
            (Block.NO_RECEIVER, not asked.receiver.strip()),
            (Block.NO_REASON, not asked.reason.strip()),
            (Block.NOTHING_ASKED, not asked.asked_for.strip()),
        )
        if missing
    }
    if asked.ground is not ReferralGround.CONSENT:
        found |= set() if asked.ground_note.strip() else {Block.NO_GROUND_WORDS}
    else:
        found |= {_block_of(each) for each in missing} | (set() if has_people else {Block.NO_CONSENT})
    return [block for block in Block if block in found]


def _block_of(missing: Missing) -> Block:
    is_health = missing.need.kind is ConsentKind.SENSITIVE
    return Block.NO_HEALTH_CONSENT if is_health else BLOCK_OF_LACK[missing.lack]


def may_become(state: ReferralState, target: ReferralState) -> bool:
    """Whether a referral in `state` may become `target`."""
    return target in MOVES[state]


def is_late(*, state: ReferralState, reply_due_on: date | None, today: date) -> bool:
    """Whether an answer should have come before today."""
    return state is S.SENT and reply_due_on is not None and reply_due_on < today
