"""The editor of a plan: goals and services as rows, drawn from what was typed, so that nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.i18n import get_translations
from wtforms.validators import NumberRange, Optional

from app.core.text import normalise, search_key
from app.households.forms.fields import at_most, choices_of
from app.plans.rules import (
    LINE_LIMIT,
    MOST_GOALS,
    MOST_SERVICES,
    NOTE_LIMIT,
    TEXT_LIMIT,
    Gap,
    GoalDraft,
    GoalSpan,
    PlanDraft,
    ServiceDraft,
    ServiceMethod,
)
from app.plans.rules.drafting import LONGEST_RHYTHM
from app.web.forms import WholeNumberField, bind_text
from app.web.versions import VersionForm

_RHYTHM = NumberRange(1, LONGEST_RHYTHM, message=f"1일부터 {LONGEST_RHYTHM}일까지 적어 주세요.")


class _Row(Form):
    class Meta:
        def get_translations(self, form: Any) -> Any:
            return get_translations(["ko"])

        bind_field = bind_text

    is_row = HiddenField(default="1")
    """Sent with every row, so that an empty one is still there."""


class GoalRow(_Row):
    """One goal."""

    span = SelectField("기간", choices=choices_of(GoalSpan), validate_choice=False)
    text = TextAreaField("목표", [Optional(), at_most(TEXT_LIMIT)])
    need = SelectField("어떤 욕구", choices=[SelectChoice("", "고르기")], validate_choice=False)
    target_on = DateField("언제까지", [Optional()])

    def to_draft(self) -> GoalDraft:
        """The row as it stands; what is no date is none."""
        span = GoalSpan(self.span.data) if self.span.data in GoalSpan.__members__ else GoalSpan.SHORT
        return GoalDraft(self.text.data or "", span, (self.need.data or "")[:LINE_LIMIT], self.target_on.data)


class ServiceRow(_Row):
    """One service."""

    title = StringField("무엇을", [Optional(), at_most(LINE_LIMIT)])
    method = SelectField("방법", choices=choices_of(ServiceMethod), validate_choice=False)
    amount = StringField("얼마나", [Optional(), at_most(LINE_LIMIT)])
    starts_on = DateField("언제부터", [Optional()])
    ends_on = DateField("언제까지", [Optional()])
    provider_name = StringField("누가 제공", [Optional(), at_most(LINE_LIMIT)])
    checker_id = SelectField("누가 점검", validate_choice=False)
    check_days = WholeNumberField("며칠마다 점검", [Optional(), _RHYTHM])
    goal = SelectField("어느 목표", validate_choice=False)
    note = StringField("덧붙일 말", [Optional(), at_most(TEXT_LIMIT)])

    def to_draft(self, entries: Mapping[str, tuple[int, str]]) -> ServiceDraft:
        """The row as it stands; a provider whose name stands in the directory (`entries` by search key) is that entry.

        Who is none of the people offered checks nothing: an id that was sent may be anybody's.
        """
        typed = normalise(self.provider_name.data or "")
        provider_id, name = entries.get(search_key(typed), (None, typed))
        days, people = self.check_days.data, {each.value for each in self.checker_id.choices or ()}
        checker = self.checker_id.data if self.checker_id.data in people else ""
        return ServiceDraft(
            self.title.data or "",
            ServiceMethod(self.method.data) if self.method.data in ServiceMethod.__members__ else ServiceMethod.SERVICE,
            self.amount.data or "", self.starts_on.data, self.ends_on.data, provider_id, name, _key(checker),
            days if days is None or 0 < days <= LONGEST_RHYTHM else None, _key(self.goal.data), self.note.data or "",
        )  # fmt: skip


def _key(text: Any) -> int | None:
    return int(text) if isinstance(text, str) and text.isdecimal() and 0 < len(text) < 10 else None


class PlanForm(VersionForm):
    """A whole plan. It is always drawn from typed values: the stored ones, or those that were just sent."""

    goals = FieldList(FormField(GoalRow), "목표", max_entries=MOST_GOALS)
    services = FieldList(FormField(ServiceRow), "서비스", max_entries=MOST_SERVICES)
    clients_view = TextAreaField("본인·가족의 의견", [Optional(), at_most(NOTE_LIMIT)])
    because = TextAreaField("바꾸는 까닭", [Optional(), at_most(TEXT_LIMIT)])
    entries: Mapping[str, tuple[int, str]]

    def offer_needs(self, needs: Sequence[tuple[str, str]]) -> None:
        """Let each goal answer one of these needs; one it names already stays, whatever form it was of."""
        known = {code for code, _words in needs}
        for row in self.goals:
            own = row.form.need.data or ""
            kept = [SelectChoice(own, own)] if own and own not in known else []
            row.form.need.choices = [
                SelectChoice("", "고르기"), *(SelectChoice(code, words) for code, words in needs), *kept
            ]  # fmt: skip

    def offer(self, providers: Iterable[Any], checkers: Sequence[Any]) -> None:
        """Let these entries of the directory be known, these people check, and each service serve one of the goals."""
        self.entries = {search_key(each.name): (each.id, each.name) for each in providers}
        people = [SelectChoice("", "고르기"), *(SelectChoice(str(each.id), each.name) for each in checkers)]
        goals = [
            SelectChoice("", "정하지 않음"),
            *(SelectChoice(str(n), f"목표 {n}") for n in range(1, len(self.goals) + 1)),
        ]
        for row in self.services:
            row.form.checker_id.choices = people
            row.form.goal.choices = goals

    def to_draft(self) -> PlanDraft:
        """What stands on the page, complete or not."""
        return PlanDraft(
            tuple(row.form.to_draft() for row in self.goals),
            tuple(row.form.to_draft(self.entries) for row in self.services), self.clients_view.data or "",
            self.because.data or "",
        )  # fmt: skip

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """Put what is missing at its field, or on top."""
        for gap in gaps:
            field = self._field(gap.field)
            if field is None:
                self.form_errors = [*self.form_errors, gap.text]
            else:
                field.errors = [*field.errors, gap.text]
        if gaps:
            self.form_errors = [
                *self.form_errors,
                f"빠진 것이 {len(gaps)}가지 있습니다. 채우면 서명과 결재를 할 수 있습니다.",
            ]

    def _field(self, place: str) -> Any:
        rows, _, rest = place.partition("-")
        if not rest:
            return None if rows in ("goals", "services") else self._fields.get(rows)
        at, _, name = rest.partition("-")
        entries = self[rows].entries
        return entries[int(at)].form[name] if int(at) < len(entries) else None


def typed_of(draft: PlanDraft, *, version: int) -> dict[str, list[str]]:
    """What a page would send that shows this draft."""
    typed = {"version": [str(version)], "clients_view": [draft.clients_view], "because": [draft.because]}
    for at, goal in enumerate(draft.goals):
        row = {"span": goal.span.value, "text": goal.text, "need": goal.need, "target_on": _day(goal.target_on)}
        typed |= _typed_row(f"goals-{at}", row)
    for at, each in enumerate(draft.services):
        row = {
            "title": each.title, "method": each.method.value, "amount": each.amount, "starts_on": _day(each.starts_on),
            "ends_on": _day(each.ends_on), "provider_name": each.provider_name, "checker_id": str(each.checker_id or ""),
            "check_days": str(each.check_days or ""), "goal": str(each.goal or ""), "note": each.note,
        }  # fmt: skip
        typed |= _typed_row(f"services-{at}", row)
    return typed


def _typed_row(place: str, row: Mapping[str, str]) -> dict[str, list[str]]:
    return {f"{place}-{name}": [text] for name, text in {"is_row": "1", **row}.items()}


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
