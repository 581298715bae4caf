"""Whether a record says what was done about its alarming readings.

Nothing here keeps a visit from being recorded: an action may always be «조치하지 못함» with a reason, and a
record typed on a later day is only asked about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.visits.rules.alarms import ActionTaken, CrisisAction, RequiredAction
from app.visits.rules.crisis import Crisis, Step, find_crises
from app.visits.rules.judgements import Judgements
from app.visits.rules.problems import Problem, Severity
from app.visits.rules.record import VisitDetails
from app.visits.rules.summary import vitals_line

_FREES_FROM_STEPS = {CrisisAction.CALLED_119, CrisisAction.DECLINED, CrisisAction.NOT_TAKEN}


def check_crises(details: VisitDetails, judgements: Judgements, *, is_late: bool) -> tuple[Problem, ...]:
    """What the record still owes to each alarming reading; only asked back when `is_late`.

    On the day of the visit a pressing alarm is refused without an action, a pressure below 90 or of 180 or 120 and
    above also without a second reading (or why there is none), and the latter without the symptom checklist, unless
    119 was called, the client declined, or nothing could be done.
    """
    found: list[Problem] = list(_check_notes(details.actions_taken))
    for crisis in find_crises(details, judgements):
        taken = [done for done in details.actions_taken if done.member_id in (None, crisis.member_id)]
        found += _check_crisis(crisis, taken, is_late=is_late)
    if not is_late:
        found += _check_referrals(details)
    return tuple(found)


def _check_referrals(details: VisitDetails) -> Iterator[Problem]:
    """Somebody referred today is heard of again: without a day for it the record asks once."""
    referred = any(done.action is CrisisAction.REFERRED_SAME_DAY for done in details.actions_taken)
    if referred and details.promised_on is None:
        message = "당일 진료를 의뢰했습니다. 결과를 확인할 날 없이 마칩니까?"
        yield Problem("REFERRAL_UNCHECKED", Severity.CONFIRM, "promised_on", message)


def _check_notes(actions: Sequence[ActionTaken]) -> Iterator[Problem]:
    for place, done in enumerate(actions):
        if done.action.needs_note and not done.note.strip():
            message = f"«{done.action.label}»: 까닭이나 내용을 적어 주세요."
            yield Problem("ACTION_NOTE_MISSING", Severity.REFUSE, f"actions_taken.{place}.note", message)


def _check_crisis(crisis: Crisis, taken: Sequence[ActionTaken], *, is_late: bool) -> Iterator[Problem]:
    for step in _open_steps(crisis, taken):
        pressing = step is Step.ACT or crisis.is_forced
        severity = Severity.REFUSE if pressing and not is_late else Severity.CONFIRM
        yield _problem(_CODES[step], severity, crisis, *_OWED[step])
    if crisis.advice is RequiredAction.CALL_119 and taken and not _frees(taken):
        question = "증상이 있습니다. 119 없이 마칩니까?"
        yield _problem("NOT_119", Severity.CONFIRM, crisis, "actions_taken", question)


def _open_steps(crisis: Crisis, taken: Sequence[ActionTaken]) -> list[Step]:
    if _frees(taken):
        return []
    return [step for step in crisis.steps if not (step is Step.ACT and taken)]


def _frees(taken: Sequence[ActionTaken]) -> bool:
    return any(done.action in _FREES_FROM_STEPS for done in taken)


_CODES = {
    Step.REMEASURE: "NOT_MEASURED_AGAIN",
    Step.ASK_SYMPTOMS: "SYMPTOMS_NOT_ASKED",
    Step.ACT: "ACTION_MISSING",
}
_OWED = {
    Step.REMEASURE: ("readings", "다시 재어 적어 주세요. 못 쟀으면 까닭을 고르세요."),
    Step.ASK_SYMPTOMS: ("symptom_checks", "증상을 묻고, 없으면 «없음 확인»을 고르세요."),
    Step.ACT: ("actions_taken", "한 일을 적어 주세요. 못 했으면 그 까닭을 적습니다."),
}


def _problem(code: str, severity: Severity, crisis: Crisis, field: str, words: str) -> Problem:
    measured = vitals_line([crisis.alarm.reading])
    value = f"{crisis.member_id or ''}:{measured}"
    return Problem(code, severity, field, f"{measured}: {words}", value)
