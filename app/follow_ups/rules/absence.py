"""The absence ladder: what the n-th vain try in a row asks for, of whom and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.working_days import WorkingDays
from app.follow_ups.rules.because import with_weekday
from app.follow_ups.rules.terms import Because, Contact
from app.follow_ups.rules.vocabulary import ContactMode, LadderAction, ReasonCode

_ASKS = {
    LadderAction.ANOTHER_TIME: "다른 요일·시간대에 다시 방문",
    LadderAction.CALL_AND_NEIGHBOUR: "전화하고 이웃·관리소에 확인",
    LadderAction.SUPERVISOR_DECIDES: "팀장이 그날 판단(112·119 공동 출입 여부)",
}


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
class AbsenceAnswer:
    """Where a household stands on the ladder.

    `first_try_on` and `step_number` name the step for good: alert the supervisor once for each such pair.
    """

    tries: int
    step_number: int
    """1 for the lowest."""
    action: LadderAction
    due_on: date
    alerts_supervisor: bool
    first_try_on: date
    last_try_on: date
    neighbour_checked_on: date | None
    """Latest check with neighbours since the last try."""
    because: tuple[Because, ...]


def vain_tries(contacts: Iterable[Contact], ladder: AbsenceLadder, today: date) -> list[Contact]:
    """The tries since somebody was last reached, ascending; several on one day are several tries.

    `contacts` of one day must come in the order they happened, because a date does not tell.
    """
    past = sorted((each for each in contacts if each.occurred_on <= today), key=lambda each: each.occurred_on)
    tries: list[Contact] = []
    for contact in past:
        if contact.mode in ladder.reached_modes:
            tries.clear()
        elif contact.mode in ladder.absent_modes:
            tries.append(contact)
    return tries


def judge_absence(
    contacts: Iterable[Contact],
    ladder: AbsenceLadder,
    *,
    risk: str,
    lives_alone: bool,
    today: date,
    working_days: WorkingDays,
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
    due_on = working_days.after(last, step.within_working_days)
    return AbsenceAnswer(
        tries=len(tries),
        step_number=len(reachable),
        action=step.action,
        due_on=due_on,
        alerts_supervisor=step.alerts_supervisor,
        first_try_on=tries[0].occurred_on,
        last_try_on=last,
        neighbour_checked_on=checked_on,
        because=_reasons(tries, step, due_on, checked_on, ladder),
    )


def _neighbour_checked_on(contacts: list[Contact], since: date, today: date) -> date | None:
    checks = (each.occurred_on for each in contacts if each.mode is ContactMode.NEIGHBOUR)
    return max((day for day in checks if since <= day <= today), default=None)


def _reasons(
    tries: list[Contact], step: LadderStep, due_on: date, checked_on: date | None, ladder: AbsenceLadder
) -> tuple[Because, ...]:
    last = tries[-1]
    asked = f"{_ASKS[step.action]}, {with_weekday(due_on)}까지"
    text = f"연속 부재 {len(tries)}번, 마지막 {with_weekday(last.occurred_on)} {last.mode.label}. {asked}."
    lines = [Because(ReasonCode.ABSENCE, text)]
    if checked_on:
        lines.append(Because(ReasonCode.NEIGHBOUR_CHECK, f"이웃·관리소 확인 {with_weekday(checked_on)}."))
    return (*lines, Because(ReasonCode.RULE, f"부재 단계 v{ladder.version}."))
