"""What a rule asks for and how far it can be trusted, in the words of a person who has never seen a parameter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.labelled import Labelled
from app.follow_ups.rules.absence import LadderStep
from app.follow_ups.rules.terms import AfterEvent, Deadline, Interval, Once, Parameters, Quota, RuleVersion
from app.follow_ups.rules.vocabulary import ContactMode, Purpose, RuleKind, Shift

LONGEST_LABEL = 20
"""Letters of a version's name."""
INDIRECT = frozenset({ContactMode.TEXT, ContactMode.LETTER, ContactMode.NEIGHBOUR})
"""Ways in which nobody of the household was spoken to."""
UNREACHED = frozenset({ContactMode.ABSENT, ContactMode.NO_ANSWER})


class Confidence(Labelled):
    """How well a rule is founded: an official page, two papers that quote one, or nobody but ourselves."""

    HIGH = "HIGH", "공식 안내로 확인"
    MEDIUM = "MEDIUM", "문헌 2편"
    DEFAULT = "DEFAULT", "자체 기본값 – 시군구가 정해 고치십시오"

    @property
    def short(self) -> str:
        """For those who work by the rule and do not change it."""
        return _SHORT[self]

    @property
    def caution(self) -> str:
        """What it must not be taken for; empty for an official source."""
        return _CAUTIONS[self]


_SHORT = {
    Confidence.HIGH: "공식 안내로 확인",
    Confidence.MEDIUM: "문헌으로 확인",
    Confidence.DEFAULT: "시군구가 정하는 값",
}
_CAUTIONS = {
    Confidence.HIGH: "",
    Confidence.MEDIUM: "안내를 인용한 글에서 확인했고, 공식 원문은 보지 못했습니다.",
    Confidence.DEFAULT: "법령이나 공식 지침에서 확인한 값이 아닙니다.",
}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One version of a rule as a list says it."""

    asks: str
    """«3개월에 8회»"""
    counts: str
    """«방문-대면 · 방문간호»"""
    shift: str
    """«휴일이면 앞당김»"""
    lead: str
    """«7일 앞부터»"""


def rule_in_words(rule: RuleVersion) -> RuleWords:
    """What a version asks for, what it counts, where its dates go, and when it appears on 오늘."""
    return RuleWords(
        asks=parameters_in_words(rule.parameters),
        counts=counts_in_words(rule.kind, rule.counts_modes, rule.counts_purposes),
        shift=shift_in_words(rule.kind, rule.shift),
        lead=f"기한 {rule.lead.days}일 앞부터" if rule.lead else "기한 당일부터",
    )


def confidence_of(text: str) -> Confidence:
    """The stored word as a confidence; a word nobody knows vouches for nothing and is DEFAULT."""
    return Confidence(text) if text in set(Confidence) else Confidence.DEFAULT


def parameters_in_words(parameters: Parameters) -> str:
    """«3개월에 8회», «30일마다», «10일 내외»: all that a rule's kind asks for."""
    match parameters:
        case Interval(every, first_within):
            first = f", 첫 접촉은 {first_within.label} 안" if first_within and first_within != every else ""
            return f"{every.label}마다{first}"
        case Quota(count, period, repeats):
            return f"{period.label}에 {count}회{', 기간마다 되풀이' if repeats else ''}"
        case Deadline():
            return _deadline_in_words(parameters)
        case Once(after_days):
            return "정한 날" if after_days is None else f"{after_days}일 뒤 하루"
        case AfterEvent(within_days):
            return f"사건부터 {within_days}일 안"


def _deadline_in_words(deadline: Deadline) -> str:
    target, limit = deadline.target_days, deadline.limit_days
    if target == 0 and limit is None:
        return "기준일 당일"
    if limit == target:
        return f"{target}일 {'내외' if deadline.about else '이내'}, 최종 기한"
    until = "" if limit is None else f", 늦어도 {limit}일"
    return f"{target}일 내외{until}"


def counts_in_words(kind: RuleKind, modes: Iterable[ContactMode], purposes: Iterable[Purpose]) -> str:
    """«방문-대면 · 방문간호»: which contacts satisfy the rule, in the order of the closed lists."""
    if kind is RuleKind.DEADLINE:
        return "업무를 기록하면 닫힘"
    chosen_modes, chosen_purposes = set(modes), set(purposes)
    named_modes = ", ".join(each.label for each in ContactMode if each in chosen_modes)
    named_purposes = ", ".join(each.label for each in Purpose if each in chosen_purposes)
    return f"{named_modes or '모든 방법'} · {named_purposes or '목적 무관'}"


def shift_in_words(kind: RuleKind, shift: Shift) -> str:
    """Where a date goes that falls on a day off."""
    if kind is RuleKind.AFTER_EVENT or shift is Shift.NONE:
        return "휴일에도 그대로"
    return "휴일이면 앞당김" if shift is Shift.EARLIER else "휴일이면 미룸"


def whom_in_words(whom: str) -> str:
    """«가구», «가구원», «사례»."""
    return {"household": "가구", "member": "가구원", "case": "사례"}.get(whom, whom)


def step_in_words(step: LadderStep, next_step: LadderStep | None = None) -> str:
    """«1번째», «2~3번째», «3번째부터»: for which vain tries in a row a step of the ladder holds."""
    last = next_step.from_try - 1 if next_step else None
    if last is None:
        return f"{step.from_try}번째부터"
    return f"{step.from_try}번째" if last == step.from_try else f"{step.from_try}~{last}번째"


def within_in_words(working_days: int) -> str:
    """«그날», «근무일 3일 안»."""
    return "그날" if working_days == 0 else f"근무일 {working_days}일 안"


def proposed_label(on: date, taken: Iterable[str]) -> str:
    """The next free name of the year for a version: «2026-2» after «2026» or «2026-1»."""
    year, names = str(on.year), set(taken)
    ends = [name.removeprefix(f"{year}-") for name in names if name.startswith(f"{year}-")]
    numbers = [int(end) for end in ends if end.isascii() and end.isdecimal() and len(end) < LONGEST_LABEL]
    return f"{year}-{max([*numbers, int(year in names)]) + 1}"
