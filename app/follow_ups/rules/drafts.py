"""A version of a rule or of the ladder as somebody proposes it, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.follow_ups.rules.descriptions import Confidence
from app.follow_ups.rules.vocabulary import RuleKind, Shift


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A version of the rule `code`, whose kind stays what it is."""

    code: str
    kind: RuleKind
    version: str
    name: str
    parameters: Mapping[str, Any]
    counts_modes: tuple[str, ...]
    counts_purposes: tuple[str, ...]
    shift: Shift
    lead_days: int | None
    effective_from: date
    source: str
    confidence: Confidence
    why: str

    def as_row(self) -> dict[str, object]:
        """As `rule_from` reads it."""
        return {
            "code": self.code, "version": self.version, "name": self.name, "kind": self.kind.value,
            "parameters": dict(self.parameters), "counts_modes": list(self.counts_modes),
            "counts_purposes": list(self.counts_purposes), "shift": self.shift.value, "lead_days": self.lead_days,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LadderDraft:
    """A version of the absence ladder; `steps` and `steps_alone` are rows by risk level as `ladder_from` reads them."""

    version: str
    effective_from: date
    steps: Mapping[str, list[dict[str, Any]]]
    steps_alone: Mapping[str, list[dict[str, Any]]]
    source: str
    confidence: Confidence
    why: str
    modes: Mapping[str, list[str]] = field(default_factory=dict)
    """`absent_modes` and `reached_modes`, which stay those of the version before."""

    def as_document(self) -> dict[str, Any]:
        """As `ladder_from` reads it, with its source and confidence."""
        return {
            "version": self.version, "effective_from": self.effective_from.isoformat(), "effective_until": None,
            "source": self.source, "confidence": self.confidence.value, **self.modes,
            "steps": dict(self.steps), "steps_living_alone": dict(self.steps_alone),
        }  # fmt: skip
