"""The absence ladder: what the n-th vain try in a row asks for, of whom and by when.

A step goes on asking until somebody is reached: after a check with the neighbours it asks to come again, after the
supervisor's decision it asks for what was decided. Only «located» lets it rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from app.core.working_days import WorkingDays
from app.follow_ups.rules.because import with_weekday
from app.follow_ups.rules.terms import Because, Contact, DaySpan
from app.follow_ups.rules.vocabulary import AbsenceVerdict, ContactMode, LadderAction, Purpose, ReasonCode

_ASKS = {
    LadderAction.ANOTHER_TIME: "다른 요일·시간대에 다시 방문",
    LadderAction.CALL_AND_NEIGHBOUR: "전화하고 이웃·관리소에 확인",
    LadderAction.SUPERVISOR_DECIDES: "팀장이 그날 판단(112·119 공동 출입 여부)",
}
_ASKED_AFTER_CHECK = "이웃·관리소 확인 뒤 다시 방문"


_day_of = attrgetter("occurred_on")


@dataclass(frozen=True, slots=True)
class LadderStep:
    """From the `from_try`-th vain try on: do this within so many working days (0: the day of the try)."""

    from_try: int
    action: LadderAction
    within_working_days: int
    alerts_supervisor: bool


@dataclass(frozen=True)
class AbsenceLadder:
    """One version of the ladder: steps by risk level, and others where somebody of that level lives alone."""

    version: str
    absent_modes: frozenset[ContactMode]
    reached_modes: frozenset[ContactMode]
    steps: Mapping[str, tuple[LadderStep, ...]]
    steps_alone: Mapping[str, tuple[LadderStep, ...]]

    def steps_for(self, risk: str, *, lives_alone: bool) -> tuple[LadderStep, ...]:
        """The steps of a risk level, ascending. Raises KeyError for a level the ladder does not know."""
        if lives_alone and risk in self.steps_alone:
            return self.steps_alone[risk]
        return self.steps[risk]


@dataclass(frozen=True, slots=True)
class AbsenceRuling:
    """What the supervisor decided about a row of vain tries: `first_try_on` and `tries` name the row."""

    first_try_on: date
    tries: int
    verdict: AbsenceVerdict
    decided_on: date
    until_on: date | None = None

    def concerns(self, tries: list[Contact]) -> bool:
        """Whether it was made about these tries; a further try asks again."""
        return self.first_try_on == tries[0].occurred_on and self.tries >= len(tries)

    @property
    def due_on(self) -> date | None:
        """By when what was decided is to be done; None when nothing is left to do."""
        return None if self.verdict is AbsenceVerdict.LOCATED else self.until_on or self.decided_on


@dataclass(frozen=True, slots=True)
class AbsenceAnswer:
    """Where a household stands on the ladder.

    `first_try_on` and `step_number` name the step for good: alert the supervisor once for each such pair.
    """

    tries: int
    step_number: int
    """1 for the lowest."""
    action: LadderAction
    due_on: date | None
    """None when the supervisor found that nothing is left to do."""
    alerts_supervisor: bool
    first_try_on: date
    last_try_on: date
    neighbour_checked_on: date | None
    """Latest check with neighbours since the last try."""
    ruling: AbsenceRuling | None
    """What the supervisor decided about these tries."""
    is_nursing: bool
    """Whether the last try was a nurse's."""
    because: tuple[Because, ...]
    rests: DaySpan
    """The days whose being worked the due date rests on."""

    @property
    def label(self) -> str:
        """What a list calls it: «연속 부재 2번: 전화와 이웃 확인»."""
        asked = self.ruling.verdict.label if self.ruling else self.action.label
        return f"연속 부재 {self.tries}번: {asked}"


def vain_tries(contacts: Iterable[Contact], ladder: AbsenceLadder, today: date) -> list[Contact]:
    """The tries since somebody was last reached, ascending; several on one day are several tries.

    `contacts` of one day must come in the order they happened, because a date does not tell.
    """
    past = sorted((each for each in contacts if each.occurred_on <= today), key=_day_of)
    tries: list[Contact] = []
    for contact in reversed(past):
        if contact.mode in ladder.reached_modes:
            break
        if contact.mode in ladder.absent_modes:
            tries.append(contact)
    tries.reverse()
    return tries


def judge_absence(
    contacts: Iterable[Contact],
    ladder: AbsenceLadder,
    *,
    risk: str,
    lives_alone: bool,
    today: date,
    working_days: WorkingDays,
    ruling: AbsenceRuling | None = None,
) -> AbsenceAnswer | None:
    """What the household's vain tries ask for now; None when the last try reached somebody.

    Raises KeyError for an unknown risk level, MissingHolidayYear without holidays.
    """
    history = list(contacts)
    tries = vain_tries(history, ladder, today)
    if not tries:
        return None
    reachable = [s for s in ladder.steps_for(risk, lives_alone=lives_alone) if s.from_try <= len(tries)]
    step, last = reachable[-1], tries[-1].occurred_on
    checked_on = _neighbour_checked_on(history, last, today)
    since = checked_on if checked_on and step.action is LadderAction.CALL_AND_NEIGHBOUR else last
    asked_by = working_days.after(since, step.within_working_days)
    made = ruling if ruling and ruling.concerns(tries) else None
    due_on = made.due_on if made else asked_by
    return AbsenceAnswer(
        tries=len(tries),
        step_number=len(reachable),
        action=step.action,
        due_on=due_on,
        alerts_supervisor=step.alerts_supervisor,
        first_try_on=tries[0].occurred_on,
        last_try_on=last,
        neighbour_checked_on=checked_on,
        ruling=made,
        is_nursing=tries[-1].purpose is Purpose.NURSING,
        because=_reasons(tries, step, asked_by, checked_on, made, ladder),
        rests=DaySpan(since, asked_by),
    )


def next_turn(contacts: Iterable[Contact], ladder: AbsenceLadder, today: date) -> date | None:
    """The first day after `today` on which a contact already written (a tablet's wrong clock) changes the answer."""
    speaking = ladder.absent_modes | ladder.reached_modes | {ContactMode.NEIGHBOUR}
    ahead = (each.occurred_on for each in contacts if each.occurred_on > today and each.mode in speaking)
    return min(ahead, default=None)


def _neighbour_checked_on(contacts: list[Contact], since: date, today: date) -> date | None:
    checks = (each.occurred_on for each in contacts if each.mode is ContactMode.NEIGHBOUR)
    return max((day for day in checks if since <= day <= today), default=None)


def _reasons(
    tries: list[Contact], step: LadderStep, asked_by: date, checked_on: date | None, ruling: AbsenceRuling | None,
    ladder: AbsenceLadder,
) -> tuple[Because, ...]:  # fmt: skip
    last = tries[-1]
    wanted = _ASKED_AFTER_CHECK if checked_on and step.action is LadderAction.CALL_AND_NEIGHBOUR else _ASKS[step.action]
    asked = "" if ruling else f" {wanted}, {with_weekday(asked_by)}까지."
    text = f"연속 부재 {len(tries)}번, 마지막 {with_weekday(last.occurred_on)} {last.mode.label}.{asked}"
    lines = [Because(ReasonCode.ABSENCE, text)]
    if ruling:
        lines.append(Because(ReasonCode.RULING, _ruled(ruling)))
    if checked_on:
        lines.append(Because(ReasonCode.NEIGHBOUR_CHECK, f"이웃·관리소 확인 {with_weekday(checked_on)}."))
    return (*lines, Because(ReasonCode.RULE, f"부재 단계 v{ladder.version}."))


def _ruled(ruling: AbsenceRuling) -> str:
    until = f", {with_weekday(ruling.due_on)}까지" if ruling.due_on else ""
    return f"{with_weekday(ruling.decided_on)} 팀장 판단: {ruling.verdict.label}{until}."
