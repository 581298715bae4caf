"""The next version of the absence ladder: rows of steps for each risk, and for those of it who live alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, SelectChoice, SelectField
from wtforms.i18n import get_translations
from wtforms.validators import Optional

from app.follow_ups.forms.rules import GOES_WRONG, VersionForm, lines_of
from app.follow_ups.rules import DocumentError, LadderAction, ladder_from
from app.follow_ups.rules.descriptions import Confidence
from app.follow_ups.rules.drafts import LadderDraft
from app.households.rules import Risk

MOST_STEPS = 5
_PLACE = re.compile(
    r"ladder\.(?P<part>steps|steps_living_alone)\.(?P<risk>\w+)(?:\[(?P<row>\d+)\])?(?:\.(?P<name>\w+))?"
)


class StepForm(Form):
    """One step; a row in which nothing is chosen is none."""

    from_try = IntegerField("몇 번째 부재부터", [Optional()])
    action = SelectField(
        "할 일",
        choices=[SelectChoice("", "쓰지 않음"), *(SelectChoice(each.value, each.label) for each in LadderAction)],
    )
    within_working_days = IntegerField("근무일 며칠 안", [Optional()])
    alerts_supervisor = BooleanField("팀장에게 알림")

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return get_translations(["ko"])

    @property
    def is_used(self) -> bool:
        return bool(self.action.data) or self.from_try.data is not None

    def to_row(self) -> dict[str, Any]:
        """As `ladder_from` reads it."""
        return {
            "from_try": self.from_try.data, "action": self.action.data or None,
            "within_working_days": self.within_working_days.data, "alerts_supervisor": bool(self.alerts_supervisor.data),
        }  # fmt: skip


def _steps(risk: Risk, where: str = "") -> FieldList:
    return FieldList(FormField(StepForm), f"{risk.label}{where}", min_entries=MOST_STEPS, max_entries=MOST_STEPS)


def group_name(part: str, risk: str) -> str:
    """The form's field for a part of the ladder's document and a risk."""
    return f"{risk.lower()}_alone" if part == "steps_living_alone" else risk.lower()


class LadderForm(VersionForm):
    """Steps by risk: `high` … `none`, and `high_alone` … `none_alone` where those who live alone have their own."""

    high, medium, low, none = (_steps(risk) for risk in Risk)
    high_alone, medium_alone, low_alone, none_alone = (_steps(risk, ", 혼자 삶") for risk in Risk)

    modes: Mapping[str, list[str]]
    """What counts as a vain try and what ends a row of them: not for this form to change."""

    def groups(self) -> Iterator[tuple[Risk, Any, Any]]:
        """For each risk its steps, and those of people who live alone."""
        return ((risk, self[group_name("steps", risk)], self[group_name("steps_living_alone", risk)]) for risk in Risk)

    @staticmethod
    def open_rows(group: Any) -> int:
        """How many rows of a group stand open: all up to the last that is used, and one to fill in."""
        used = [place for place, entry in enumerate(group, 1) if entry.form.is_used]
        return max(used, default=0) + 1

    def to_draft(self) -> LadderDraft:
        """The ladder that was typed; call after `reads`."""
        alone = {risk.value: _rows(group) for risk, _, group in self.groups()}
        return LadderDraft(
            version=self.version.data.strip(), effective_from=self.effective_from.data,
            steps={risk.value: _rows(group) for risk, group, _ in self.groups()},
            steps_alone={risk: rows for risk, rows in alone.items() if rows}, source=lines_of(self.source.data),
            confidence=Confidence(self.confidence.data), why=lines_of(self.why.data), modes=self.modes,
        )  # fmt: skip

    def try_out(self) -> None:
        ladder_from(self.to_draft().as_document())

    def mark(self, wrong: DocumentError) -> None:
        place = _PLACE.match(wrong.place)
        if place is None:
            self.version.errors = [*self.version.errors, GOES_WRONG]
            return
        group = self[group_name(place["part"], place["risk"])]
        if place["row"] is None:
            group.errors = [*group.errors, wrong.problem]
            return
        step = [entry.form for entry in group if entry.form.is_used][int(place["row"])]
        field = step[place["name"]]
        field.errors = [*field.errors, wrong.problem]
        group.errors = [*group.errors, {place["name"]: [wrong.problem]}]

    def typed(self) -> list[tuple[str, str]]:
        steps = [entry.form for _, *both in self.groups() for group in both for entry in group]
        fields = [field for step in steps for field in step]
        return [*super().typed(), *((field.name, text) for field in fields for text in field.raw_data or ())]


def _rows(group: Any) -> list[dict[str, Any]]:
    return [entry.form.to_row() for entry in group if entry.form.is_used]


def ladder_values(document: Mapping[str, Any], *, version: str, effective_from: date, known: int) -> dict[str, Any]:
    """What the form begins with: the ladder in force, under the next name."""
    groups = {
        group_name(part, risk): rows
        for part in ("steps", "steps_living_alone")
        for risk, rows in document[part].items()
    }
    return {
        "known": str(known), "version": version, "effective_from": effective_from, "source": document["source"],
        "confidence": document["confidence"], **groups,
    }  # fmt: skip
