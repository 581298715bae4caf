"""The limits and bands as plain JSON, for a page's hints while the nurse types; the server judges again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from app.visits.rules.alarms import Symptom
from app.visits.rules.judgements import BMI, Band, Bound, Judgements
from app.visits.rules.vital_kinds import LIMITS, GlucoseContext, Measure, VitalKind
from app.visits.rules.vitals import HEIGHT_CHANGE_CM, WEIGHT_CHANGE_SHARE

Json = dict[str, object]


def as_hints(judgements: Judgements) -> Json:
    """What a page's script needs, ready for `json.dumps`.

    `limits` by measure (SYSTOLIC …): both ends of `refused_outside` and `asked_outside` are still allowed.
    `bands` by subject (BLOOD_PRESSURE …, BMI), to be tried from the top: a band fits when all its bounds hold
    (any of them when `match` is "any") and its `contexts`, `sex` and `needs_symptom`, where present, agree.
    """
    subjects = dict.fromkeys(band.subject for band in judgements.bands)
    return {
        "version": judgements.version,
        "effective_from": judgements.effective_from.isoformat(),
        "caution": judgements.caution,
        "sources": _sources(judgements),
        "limits": {measure.value: _limit(measure) for measure in Measure},
        "contexts": {context.value: context.label for context in GlucoseContext},
        "bands": {subject: _bands_of(subject, judgements) for subject in subjects},
    }


def _sources(judgements: Judgements) -> list[Json]:
    """What each subject is judged by, in the order of the table: «혈압 · 대한고혈압학회 …»."""
    subjects: dict[str, dict[str, None]] = {}
    for band in judgements.bands:
        subjects.setdefault(_word(band.subject), {})[band.says.source] = None
    return [{"subject": subject, "titles": list(titles)} for subject, titles in subjects.items()]


def _word(subject: str) -> str:
    return "체질량지수" if subject == BMI else VitalKind(subject).label


def _limit(measure: Measure) -> Json:
    limit = LIMITS[measure]
    return {
        "label": measure.label,
        "unit": measure.unit,
        "field": measure.field,
        "refused_outside": [_plain(limit.lowest), _plain(limit.highest)],
        "asked_outside": [_plain(limit.usual_low), _plain(limit.usual_high)],
        "decimals": limit.decimals,
        "slips": [_plain(factor) for factor in limit.slips],
        "change": _change(measure),
    }


def _change(measure: Measure) -> Json | None:
    """How far from the last value is still no question: a share of it, or so much."""
    changes: dict[Measure, Json] = {
        Measure.WEIGHT: {"share": _plain(WEIGHT_CHANGE_SHARE)},
        Measure.HEIGHT: {"by": _plain(HEIGHT_CHANGE_CM)},
    }
    return changes.get(measure)


def _bands_of(subject: str, judgements: Judgements) -> list[Json]:
    return [_band(band) for band in judgements.bands if band.subject == subject]


def _band(band: Band) -> Json:
    says = band.says
    return {
        "code": says.code,
        "label": says.label,
        "tone": says.tone.value,
        "tone_label": says.tone.label,
        "text": says.text,
        "source": says.source,
        "action": says.action_required.value if says.action_required else None,
        "action_label": says.action_required.label if says.action_required else None,
        "checklist": _checklist(says.checklist),
        "match": "all" if band.needs_all else "any",
        "bounds": [_bound(bound) for bound in band.bounds],
        "contexts": sorted(context.value for context in band.contexts),
        "sex": band.sex.value if band.sex else None,
        "needs_symptom": band.needs_symptom,
    }


def _bound(bound: Bound) -> Json:
    return {"of": bound.of, "at_least": _plain(bound.at_least), "below": _plain(bound.below)}


def _checklist(symptoms: Iterable[Symptom]) -> list[Json]:
    return [{"code": symptom.value, "label": symptom.label} for symptom in symptoms]


def _plain(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
