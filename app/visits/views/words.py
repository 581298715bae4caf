"""How measurements, absences and versions are said on pages: this slice's Jinja filters."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, NamedTuple

from app.accounts.models import Account
from app.core import clock
from app.core.clock import korean_time
from app.follow_ups.models import AbsenceDecision
from app.follow_ups.rules import decision_words
from app.households.rules import FlagRule, age_on, strictest
from app.visits import queries
from app.visits.models import Visit, VisitVersion, VitalReading
from app.visits.queries.second_notes import second_profession
from app.visits.rules import CrisisAction, Tried, VitalKind, lateness, show
from app.visits.rules.second_notes import VersionAct, split_text
from app.visits.views.blueprint import blueprint

FIELD_WORDS = {
    "welfare_note": "복지 기록",
    "nursing_note": "간호 기록",
    "shared_line": "함께 보는 한 줄",
    "promise_note": "약속한 일",
    "next_visit_reason": "늦춘 까닭",
    "told_to": "알린 사람",
    "place": "장소",
    "companion_name": "함께 간 다른 사람",
    "alone_because": "혼자 간 까닭",
}
HEALTH = ("nursing_note",)
_PHONE = re.compile(r"(?<!\d)(0\d{1,2}[-. ]?\d{3,4}[-. ]?\d{4})(?!\d)")


@blueprint.app_context_processor
def vital_kinds() -> dict[str, Any]:
    """The enumerations templates name."""
    return {"VitalKind": VitalKind}


@blueprint.app_template_filter()
def reading_value(row: VitalReading) -> str:
    """«152/88», «36.5», «LO», «거부»."""
    reading = queries.as_reading(row)
    if reading.not_measured is not None:
        return reading.not_measured.label
    if reading.flag is not None:
        return reading.flag.value
    return "/".join(show(measure, amount) for measure, amount in reading.amounts.items())


@blueprint.app_template_filter()
def age_words(member: Any) -> str:
    """«84세», or nothing where no year of birth is known."""
    age = age_on(clock.today(), birth_on=member.birth_on, birth_year=member.birth_year)
    return f"{age}세" if age is not None else ""


@blueprint.app_template_filter()
def month_day(at: datetime) -> str:
    """«11/2» in Korea."""
    local = korean_time(at)
    return f"{local.month}/{local.day}"


class Part(NamedTuple):
    """What one of those who wrote a record wrote into a text of it."""

    text: str
    by: Account


@blueprint.app_template_filter()
def written_parts(visit: Visit, name: str) -> list[Part]:
    """A text of a record by who wrote it; one part, or two on a joint visit."""
    parts = split_text(name, getattr(visit, name), second_profession(visit))
    written = ((parts.first, visit.by), (parts.second, visit.second_by))
    return [Part(text, by) for text, by in written if by is not None and text.strip()]


@blueprint.app_template_filter()
def lateness_of(visit: Visit) -> str:
    """«사후 입력 2일 뒤», or nothing."""
    return lateness(visit.occurred_on, visit.typed_at) or ""


@blueprint.app_template_filter()
def tried_words(visit: Visit) -> str:
    """What was tried at a closed door."""
    return ", ".join(Tried(way).label for way in visit.tried)


@blueprint.app_template_filter()
def action_words(visit: Visit) -> str:
    """What was done about alarming readings."""
    done = (f"{CrisisAction(each['action']).label} {each['note']}".strip() for each in visit.actions_taken)
    return " · ".join(done)


@blueprint.app_template_filter()
def decision_title(decision: AbsenceDecision) -> str:
    """«팀장 판단: 날짜를 정해 다시 확인, 11/25(수)까지»."""
    return f"팀장 판단: {decision_words(decision.verdict, decision.until_on)}"


@blueprint.app_template_filter()
def phone_parts(text: str) -> list[tuple[str, str]]:
    """Written text in pieces, each with the figures to dial where it is a telephone number, so that a tap calls."""
    pieces = enumerate(_PHONE.split(text))
    return [(piece, "".join(filter(str.isdecimal, piece)) if at % 2 else "") for at, piece in pieces if piece]


@blueprint.app_template_filter()
def strictest_rule(flags: list[Any]) -> FlagRule | None:
    """The rule a visitor must follow when these flags stand."""
    return strictest([flag.rule for flag in flags])


@blueprint.app_template_filter()
def version_cause(version: VisitVersion) -> str:
    """«정정: 다른 집과 바뀜», «되살림 (무효 까닭: 다른 가구)»: what ended a version."""
    if version.act is None:
        return f"정정: {version.reason}"
    if version.act is VersionAct.SECOND_NOTE:
        return version.act.label
    return (
        f"{version.act.label} (무효 까닭: {version.reason})"
        if version.act is VersionAct.REVIVE
        else f"무효: {version.reason}"
    )


@blueprint.app_template_filter()
def version_words(version: VisitVersion, reads_health: bool) -> list[tuple[str, str]]:
    """What stood in a record before a correction, field by field; health only for those who may read it."""
    kept = version.before
    words = [(label, kept.get(name, "")) for name, label in FIELD_WORDS.items() if reads_health or name not in HEALTH]
    if reads_health:
        words.append(("활력징후", ", ".join(line for _member, line in kept.get("vitals", []))))
    care = [*kept.get("care", []), *(kept.get("care_health", []) if reads_health else [])]
    words.append(("한 일", ", ".join(care)))
    return [("날짜", kept["occurred_on"]), *words]
