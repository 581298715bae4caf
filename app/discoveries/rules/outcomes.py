"""What each outcome of an item needs before it may be written: contacts, tries, words, a day, an approval. One table.

An outcome that claims a contact needs one of that kind: a letter or a text message reaches a letter box, not a person.
Which outcomes there are follows the national results and reasons (발굴 결과, 비대상 사유); how many tries 연락두절 asks
for is published nowhere and is this product's own proposal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import RuleBroken
from app.discoveries.rules.vocabulary import ItemOutcome
from app.follow_ups.rules import ContactMode

Mode = ContactMode
Outcome = ItemOutcome

SPOKEN = (Mode.FACE, Mode.CALL, Mode.OFFICE)
"""Somebody was seen or spoken to."""
ASKED_ABOUT = (*SPOKEN, Mode.NEIGHBOUR)
"""Somebody, or somebody near them, told."""
WRITTEN = (Mode.LETTER, Mode.TEXT)
VAIN = (Mode.ABSENT, Mode.NO_ANSWER, Mode.NEIGHBOUR)
"""Tries to reach somebody that did not."""
CALLED_ON = (Mode.ABSENT, Mode.NEIGHBOUR)
"""Somebody went there."""
LATEST_RECHECK = timedelta(days=183)
"""Half a year: three rounds later nobody remembers why."""


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """What one outcome needs."""

    any_of: tuple[ContactMode, ...] = ()
    """One contact of these at least."""
    least_tries: int = 0
    """So many vain tries at least …"""
    least_kinds: int = 0
    """… in so many different ways."""
    needs_approval: bool = False
    needs_recheck: bool = False
    note_asked: str = ""
    """What the note must say; empty where no note is needed."""


_LINKED = OutcomeRule(SPOKEN)
OUTCOME_RULES: Mapping[ItemOutcome, OutcomeRule] = {
    Outcome.PUBLIC_BASIC: _LINKED,
    Outcome.PUBLIC_NEAR_POOR: _LINKED,
    Outcome.PUBLIC_EMERGENCY: _LINKED,
    Outcome.PUBLIC_OTHER: OutcomeRule(SPOKEN, note_asked="어떤 급여·서비스인지"),
    Outcome.PRIVATE: OutcomeRule(SPOKEN, note_asked="어느 기관의 어떤 서비스인지"),
    Outcome.CASE: _LINKED,
    Outcome.MONITOR: OutcomeRule(SPOKEN, needs_recheck=True),
    Outcome.ALREADY: OutcomeRule(note_asked="어떤 지원을 받고 있는지"),
    Outcome.NO_NEED: OutcomeRule(SPOKEN, note_asked="왜 필요하지 않은지"),
    Outcome.REFUSED: OutcomeRule(SPOKEN, needs_approval=True, needs_recheck=True, note_asked="무엇을 왜 거부했는지"),
    Outcome.UNREACHED: OutcomeRule(
        CALLED_ON, least_tries=3, least_kinds=2, needs_approval=True, needs_recheck=True
    ),
    Outcome.NOT_FOUND: OutcomeRule(
        CALLED_ON, needs_approval=True, needs_recheck=True, note_asked="어디에서 어떻게 확인했는지(확인 경로)"
    ),
    Outcome.MOVED: OutcomeRule(note_asked="어디로 옮겼고 어디에 알렸는지"),
    Outcome.AWAY: OutcomeRule(ASKED_ABOUT, needs_recheck=True, note_asked="어디에 언제까지 있는지"),
    Outcome.DIED: OutcomeRule(note_asked="언제, 무엇으로 확인했는지"),
    Outcome.UNFOUNDED: OutcomeRule(note_asked="왜 사실이 아니라고 보는지(장난, 잘못 안 것)"),
}  # fmt: skip
"""Every outcome is here."""
OF_REPORTS = frozenset({Outcome.UNFOUNDED})
"""What only a report can come to, not a person whom a list names."""


class OutcomeRefused(RuleBroken):
    """An outcome lacks something; `field` says at which part of the form."""


def refusals(
    outcome: ItemOutcome, tries: Sequence[ContactMode], *, note: str, recheck_on: date | None, today: date
) -> list[OutcomeRefused]:
    """Everything an outcome lacks, each with a sentence that says why; empty when it may be written.

    Args:
        tries: how each try since the item came in went.
        recheck_on: when to look again; kept for outcomes that need none as well.
    """
    rule = OUTCOME_RULES[outcome]
    lacks = (*_contact(outcome, rule, tries), *_enough(outcome, rule, tries), *_words(outcome, rule, note))
    return [*lacks, *_day(outcome, rule, recheck_on, today)]


def tries_line(tries: Sequence[ContactMode]) -> str:
    """«방문-부재 2번, 안내장 1번»; «시도 없음»."""
    counted = Counter(tries)
    return ", ".join(f"{mode.label} {counted[mode]}번" for mode in ContactMode if counted[mode]) or "시도 없음"


def what_it_needs(outcome: ItemOutcome) -> str:
    """«방문-대면·전화-통화·내방 가운데 하나, 팀장 결재, 다시 확인할 날»: told before somebody chooses it."""
    rule = OUTCOME_RULES[outcome]
    parts = (
        f"{_modes(rule.any_of)} 가운데 하나" if rule.any_of else "",
        f"헛걸음·무응답 {rule.least_tries}번({rule.least_kinds}가지 방법)" if rule.least_tries else "",
        rule.note_asked, "팀장 결재" if rule.needs_approval else "", "다시 확인할 날" if rule.needs_recheck else "",
    )  # fmt: skip
    return ", ".join(filter(None, parts))


def _contact(outcome: ItemOutcome, rule: OutcomeRule, tries: Sequence[ContactMode]) -> Iterator[OutcomeRefused]:
    if not rule.any_of or set(tries) & set(rule.any_of):
        return
    written = set(tries) and set(tries) <= set(WRITTEN)
    why = "안내장이나 문자는 닿았는지 알 수 없으므로 그것만으로는" if written else "지금까지의 시도만으로는"
    needed = f"{_modes(rule.any_of)} 가운데 하나가 있어야 합니다(지금까지: {tries_line(tries)})."
    yield OutcomeRefused("NO_CONTACT", f"{why} «{outcome.label}» 처리를 할 수 없습니다. {needed}", field="outcome")


def _enough(outcome: ItemOutcome, rule: OutcomeRule, tries: Sequence[ContactMode]) -> Iterator[OutcomeRefused]:
    vain = [mode for mode in tries if mode in VAIN]
    if len(vain) < rule.least_tries or len(set(vain)) < rule.least_kinds:
        needed = f"만나지 못한 시도가 {rule.least_tries}번, {rule.least_kinds}가지 방법 이상이어야 합니다"
        text = f"«{outcome.label}» 처리에는 {needed}(지금까지: {tries_line(vain)})."
        yield OutcomeRefused("TOO_FEW_TRIES", text, field="outcome")


def _words(outcome: ItemOutcome, rule: OutcomeRule, note: str) -> Iterator[OutcomeRefused]:
    if rule.note_asked and not note.strip():
        yield OutcomeRefused("NO_NOTE", f"«{outcome.label}»: {rule.note_asked} 적어 주세요.", field="note")


def _day(
    outcome: ItemOutcome, rule: OutcomeRule, recheck_on: date | None, today: date
) -> Iterator[OutcomeRefused]:  # fmt: skip
    if recheck_on is None:
        if rule.needs_recheck:
            text = f"«{outcome.label}» 처리에는 다시 확인할 날이 있어야 합니다."
            yield OutcomeRefused("NO_RECHECK", text, field="recheck_on")
    elif not today < recheck_on <= today + LATEST_RECHECK:
        until = today + LATEST_RECHECK
        text = f"다시 확인할 날은 내일부터 {until}까지 가운데에서 골라 주세요."
        yield OutcomeRefused("RECHECK_RANGE", text, field="recheck_on")


def _modes(modes: Sequence[ContactMode]) -> str:
    return "·".join(mode.label for mode in modes)
