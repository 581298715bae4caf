"""Facts to JSON and back, so that the print register can open a paper again exactly as it was printed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.reports.rules.case_figures import CaseFiguresFacts
from app.reports.rules.case_report import CaseReportFacts
from app.reports.rules.caseload import CaseloadFacts
from app.reports.rules.closing_sheets import AftercareSheetFacts, ClosureSheetFacts
from app.reports.rules.consent_sheet import ConsentSheetFacts
from app.reports.rules.counselling_sheet import CounsellingSheetFacts
from app.reports.rules.entry_sheet import EntrySheetFacts
from app.reports.rules.incident_report import IncidentReportFacts
from app.reports.rules.minutes_sheet import MinutesSheetFacts
from app.reports.rules.needs_figures import NeedsFiguresFacts
from app.reports.rules.needs_sheet import NeedsSheetFacts
from app.reports.rules.phone_tree import PhoneTreeFacts
from app.reports.rules.plan_sheet import PlanSheetFacts
from app.reports.rules.protection_report import ProtectionReportFacts
from app.reports.rules.referral_sheet import ReferralSheetFacts
from app.reports.rules.register import ReportCode
from app.reports.rules.round_report import RoundReportFacts
from app.reports.rules.schedule import ScheduleFacts
from app.reports.rules.values import is_record
from app.reports.rules.visit_sheet import VisitSheetFacts

Facts = (
    CaseReportFacts
    | CaseloadFacts
    | ScheduleFacts
    | EntrySheetFacts
    | IncidentReportFacts
    | PhoneTreeFacts
    | ProtectionReportFacts
    | VisitSheetFacts
    | RoundReportFacts
    | CaseFiguresFacts
    | NeedsFiguresFacts
    | CounsellingSheetFacts
    | NeedsSheetFacts
    | MinutesSheetFacts
    | PlanSheetFacts
    | ReferralSheetFacts
    | ClosureSheetFacts
    | AftercareSheetFacts
    | ConsentSheetFacts
)

_KINDS: dict[ReportCode, type[Facts]] = {
    CaseReportFacts.code: CaseReportFacts,
    CaseloadFacts.code: CaseloadFacts,
    ScheduleFacts.code: ScheduleFacts,
    EntrySheetFacts.code: EntrySheetFacts,
    VisitSheetFacts.code: VisitSheetFacts,
    IncidentReportFacts.code: IncidentReportFacts,
    PhoneTreeFacts.code: PhoneTreeFacts,
    ProtectionReportFacts.code: ProtectionReportFacts,
    RoundReportFacts.code: RoundReportFacts,
    CaseFiguresFacts.code: CaseFiguresFacts,
    NeedsFiguresFacts.code: NeedsFiguresFacts,
    CounsellingSheetFacts.code: CounsellingSheetFacts,
    NeedsSheetFacts.code: NeedsSheetFacts,
    MinutesSheetFacts.code: MinutesSheetFacts,
    PlanSheetFacts.code: PlanSheetFacts,
    ReferralSheetFacts.code: ReferralSheetFacts,
    ClosureSheetFacts.code: ClosureSheetFacts,
    AftercareSheetFacts.code: AftercareSheetFacts,
    ConsentSheetFacts.code: ConsentSheetFacts,
}


class UnreadableFactsError(ValueError):
    """A stored text is not the facts of any paper known here."""


def to_json(facts: Facts) -> str:
    """The canonical text of `facts`: equal facts give equal texts."""
    document = {"code": facts.code, "facts": facts}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def from_json(text: str) -> Facts:
    """The facts that `to_json` wrote. Raises UnreadableFactsError when the text is something else."""
    try:
        document = json.loads(text)
        facts: Facts = _unpack(_KINDS[ReportCode(document["code"])], document["facts"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFactsError("stored facts cannot be read") from error
    return facts


def fingerprint(facts: Facts) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal figures: by it the register tells two prints apart."""
    return hashlib.sha256(to_json(facts).encode("utf-8", "surrogatepass")).hexdigest()


def short_fingerprint(facts: Facts) -> str:
    """The first 16 figures in fours, as printed at the foot of a page: «1A2B-3C4D-5E6F-7081»."""
    figures = fingerprint(facts)[:16].upper()
    return "-".join(figures[at : at + 4] for at in range(0, 16, 4))


def _plain(value: Any) -> Any:
    """What JSON does not know: a record as its fields by name, a day or moment as ISO 8601."""
    if isinstance(value, date):
        return value.isoformat()
    return {name: getattr(value, name) for name in _field_types(value.__class__)}


def _unpack(kind: Any, raw: Any) -> Any:
    if is_record(kind):
        hints = _field_types(kind)
        return kind(**{name: _unpack(hints[name], each) for name, each in raw.items()})
    if get_origin(kind) is tuple:
        return tuple(_unpack(get_args(kind)[0], each) for each in raw)
    if isinstance(kind, UnionType):
        return None if raw is None else _unpack(get_args(kind)[0], raw)
    return _unpack_plain(kind, raw)


def _unpack_plain(kind: Any, raw: Any) -> Any:
    if issubclass(kind, (date, datetime)):
        return kind.fromisoformat(raw)
    return kind(raw) if issubclass(kind, StrEnum) else raw


@cache
def _field_types(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields, resolved once per class."""
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}
