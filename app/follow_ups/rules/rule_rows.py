"""Rules and ladders as rows: in the documents people try, in the database, in the shipped defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.follow_ups.rules.absence import AbsenceLadder, LadderStep
from app.follow_ups.rules.fields import LONGEST_DAYS, DocumentError, Fields
from app.follow_ups.rules.terms import AfterEvent, Deadline, Interval, Once, Parameters, Quota, RuleVersion
from app.follow_ups.rules.vocabulary import ContactMode, LadderAction, Purpose, RuleKind, Shift

MOST_CONTACTS = 1000
LONGEST_LEAD_DAYS = 366

PARAMETER_FIELDS = frozenset(
    {
        "every",
        "first_within",
        "count",
        "period",
        "repeats",
        "target",
        "limit",
        "about",
        "after_days",
        "within",
    }
)
RULE_FIELDS = PARAMETER_FIELDS | {
    *(
        "code",
        "version",
        "name",
        "kind",
        "parameters",
        "counts_modes",
        "counts_purposes",
        "shift",
        "lead_days",
    ),
    *("profession", "whom", "effective_from", "effective_until", "source", "confidence", "note"),
}


def rule_from(row: Mapping[str, object], place: str = "rule") -> RuleVersion:
    """The rule of one row; what its kind needs may stand in the row itself or in its `parameters`.

    Raises DocumentError naming the field within `place`.
    """
    fields = Fields(row, place)
    fields.refuse_slips(RULE_FIELDS)
    kind = fields.choice("kind", RuleKind)
    if kind is not RuleKind.DEADLINE:
        fields.required("counts_modes")  # left out by mistake, every letter would count
    inner = fields.object("parameters") if row.get("parameters") is not None else fields
    inner.refuse_slips(RULE_FIELDS)
    return RuleVersion(
        code=fields.text("code"),
        version=fields.text_or_number("version"),
        parameters=_PARAMETERS[kind](inner),
        counts_modes=fields.choices("counts_modes", ContactMode),
        counts_purposes=fields.choices("counts_purposes", Purpose),
        shift=fields.choice("shift", Shift),
        lead_days=fields.optional_whole("lead_days", 0, LONGEST_LEAD_DAYS),
        name=fields.text("name") if row.get("name") else "",
    )


def ladder_from(document: Mapping[str, object], place: str = "ladder") -> AbsenceLadder:
    """The absence ladder of one document. Raises DocumentError naming the field within `place`."""
    fields = Fields(document, place)
    return AbsenceLadder(
        version=fields.text_or_number("version"),
        absent_modes=fields.choices("absent_modes", ContactMode),
        reached_modes=fields.choices("reached_modes", ContactMode),
        steps=_steps_by_risk(fields.object("steps")),
        steps_alone=_steps_by_risk(fields.object("steps_living_alone")),
    )


def _steps_by_risk(fields: Fields) -> dict[str, tuple[LadderStep, ...]]:
    return {risk: _steps(fields, risk) for risk in fields.values}


def _steps(fields: Fields, risk: str) -> tuple[LadderStep, ...]:
    steps = tuple(_step(each) for each in fields.objects(risk))
    tries = [step.from_try for step in steps]
    if not tries or tries[0] != 1 or tries != sorted(set(tries)):
        raise DocumentError(fields.at(risk), "단계는 1번째 부재부터 차례로 있어야 합니다.")
    return steps


def _step(fields: Fields) -> LadderStep:
    return LadderStep(
        from_try=fields.whole("from_try", 1, MOST_CONTACTS),
        action=fields.choice("action", LadderAction),
        within_working_days=fields.whole("within_working_days", 0, LONGEST_LEAD_DAYS),
        alerts_supervisor=fields.flag("alerts_supervisor"),
    )


def _interval(fields: Fields) -> Interval:
    return Interval(fields.span("every"), fields.optional_span("first_within"))


def _quota(fields: Fields) -> Quota:
    return Quota(fields.whole("count", 1, MOST_CONTACTS), fields.span("period"), fields.flag("repeats"))


def _deadline(fields: Fields) -> Deadline:
    target = fields.whole("target", 0, LONGEST_DAYS)
    limit = fields.optional_whole("limit", target, LONGEST_DAYS)
    return Deadline(target, limit, about=bool(fields.values.get("about")) and fields.flag("about"))


def _once(fields: Fields) -> Once:
    return Once(fields.optional_whole("after_days", 0, LONGEST_DAYS))


def _after_event(fields: Fields) -> AfterEvent:
    return AfterEvent(fields.whole("within", 0, LONGEST_DAYS))


_PARAMETERS: dict[RuleKind, Callable[[Fields], Parameters]] = {
    RuleKind.INTERVAL: _interval,
    RuleKind.QUOTA: _quota,
    RuleKind.DEADLINE: _deadline,
    RuleKind.ONCE: _once,
    RuleKind.AFTER_EVENT: _after_event,
}
