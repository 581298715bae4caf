"""The next version of a rule as somebody types it; which fields there are follows from the rule's kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.keys import key_typed
from app.follow_ups.models import RuleVersionRow
from app.follow_ups.rules import ContactMode, DocumentError, Purpose, RuleKind, Shift, rule_from
from app.follow_ups.rules.descriptions import LONGEST_LABEL, UNREACHED, Confidence
from app.follow_ups.rules.drafts import RuleDraft
from app.web.forms import KoreanForm

LONGEST_NAME, LONGEST_TEXT = 60, 1000
UNITS = (SelectChoice("days", "일"), SelectChoice("months", "개월"))
COUNTABLE = tuple(mode for mode in ContactMode if mode not in UNREACHED)
"""Nobody was reached in the others, so they satisfy nothing."""
GOES_WRONG = "눈에 보이지 않는 글자나 줄바꿈은 쓸 수 없습니다."


def at_most(letters: int) -> Length:
    """No more letters than fit."""
    return Length(max=letters, message=f"{letters:,}자까지 쓸 수 있습니다.")


def lines_of(text: str) -> str:
    """Text over several lines as it is kept; browsers send two signs for a line's end."""
    return text.replace("\r\n", "\n").strip()


def number(label: str, *checks: Any) -> IntegerField:
    """A whole number; what is none is said at its field, and its range by the rule."""
    return IntegerField(label, [*checks] or [InputRequired()])


def unit(label: str) -> RadioField:
    """Days or months."""
    return RadioField(label, choices=list(UNITS), default="days")


class VersionForm(KoreanForm):
    """What every new version says of itself, whether of a rule or of the absence ladder."""

    known = HiddenField()
    """The newest version its person has seen."""
    version = StringField("판 이름", [DataRequired(), at_most(LONGEST_LABEL)])
    effective_from = DateField("적용하는 날", [InputRequired()])
    source = TextAreaField("근거", [DataRequired(), at_most(LONGEST_TEXT)])
    confidence = RadioField(
        "근거의 믿을 만함", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in Confidence]
    )
    why = TextAreaField("바꾸는 까닭", [DataRequired(), at_most(LONGEST_TEXT)])

    def reads(self) -> bool:
        """Whether the shape is right and the words can be kept as a version."""
        if not self.validate_on_submit():
            return False
        try:
            self.try_out()
        except DocumentError as wrong:
            self.mark(wrong)
        return not self.errors

    def try_out(self) -> None:
        """Read what was typed as the engine would. Raises DocumentError."""
        raise NotImplementedError

    def mark(self, wrong: DocumentError) -> None:
        """Say what is wrong at the field it is about."""
        raise NotImplementedError

    @property
    def known_key(self) -> int:
        """Id of the newest version seen; nonsense is 0, which is never the newest."""
        return key_typed(self.known.data)

    def typed(self) -> list[tuple[str, str]]:
        """What was sent, field by field, to travel with a page that is not this form."""
        own = [field for field in self if field.type not in ("CSRFTokenField",) and field.name != "known"]
        return [(field.name, text) for field in own for text in _texts_of(field)]


def _texts_of(field: Any) -> list[str]:
    if field.raw_data:
        return [text for text in field.raw_data if isinstance(text, str)]
    return []


class RuleVersionForm(VersionForm):
    """The next version of one rule. `rule_form(kind)` leaves the fields of that kind."""

    kind: RuleKind
    name = StringField("이름", [DataRequired(), at_most(LONGEST_NAME)])
    every = number("얼마마다")
    every_unit = unit("얼마마다: 단위")
    first_within = number("첫 접촉은 언제까지", Optional())
    first_within_unit = unit("첫 접촉: 단위")
    count = number("몇 번")
    period = number("기간")
    period_unit = unit("기간: 단위")
    repeats = BooleanField("기간이 끝나면 새 기간이 다시 시작됩니다")
    target = number("목표 일수")
    limit = number("최종 기한", Optional())
    about = BooleanField("«내외»라고 씁니다")
    after_days = number("며칠 뒤로 정합니까", Optional())
    within = number("며칠 안에")
    counts_modes = SelectMultipleField(
        "횟수로 세는 방법", [InputRequired("하나 이상 골라 주세요.")],
        choices=[SelectChoice(mode.value, mode.label) for mode in COUNTABLE],
    )  # fmt: skip
    counts_purposes = SelectMultipleField(
        "횟수로 세는 목적", choices=[SelectChoice(purpose.value, purpose.label) for purpose in Purpose]
    )
    shift = RadioField(
        "계산한 날이 쉬는 날이면", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in Shift]
    )
    lead_days = number("며칠 앞부터 오늘 목록에", Optional())

    def to_draft(self, code: str) -> RuleDraft:
        """The version that was typed; call after `reads`."""
        return RuleDraft(
            code=code, kind=self.kind, version=self.version.data.strip(), name=self.name.data.strip(),
            parameters=_WRITE[self.kind](self), counts_modes=self._chosen("counts_modes"),
            counts_purposes=self._chosen("counts_purposes"), shift=Shift(self._one("shift", Shift.NONE.value)),
            lead_days=self.lead_days.data, effective_from=self.effective_from.data, source=lines_of(self.source.data),
            confidence=Confidence(self.confidence.data), why=lines_of(self.why.data),
        )  # fmt: skip

    def try_out(self) -> None:
        rule_from(self.to_draft("RULE").as_row())

    def mark(self, wrong: DocumentError) -> None:
        name = wrong.place.removeprefix("rule.").removeprefix("parameters.").split(".")[0].split("[")[0]
        field = self._fields.get(name, self.name)
        field.errors = [*field.errors, GOES_WRONG if name in ("name", "version") else wrong.problem]

    def _chosen(self, name: str) -> tuple[str, ...]:
        return tuple(self[name].data or ()) if name in self else ()

    def _one(self, name: str, otherwise: str) -> str:
        return self[name].data if name in self else otherwise


def _span(form: RuleVersionForm, name: str) -> dict[str, int] | None:
    figure = form[name].data
    return None if figure is None else {form[f"{name}_unit"].data or "days": figure}


def _write_interval(form: RuleVersionForm) -> dict[str, Any]:
    first = _span(form, "first_within")
    return {"every": _span(form, "every")} | ({"first_within": first} if first else {})


def _write_quota(form: RuleVersionForm) -> dict[str, Any]:
    return {"count": form.count.data, "period": _span(form, "period"), "repeats": bool(form.repeats.data)}


def _write_deadline(form: RuleVersionForm) -> dict[str, Any]:
    return {"target": form.target.data, "limit": form.limit.data, "about": bool(form.about.data)}


def _write_once(form: RuleVersionForm) -> dict[str, Any]:
    return {} if form.after_days.data is None else {"after_days": form.after_days.data}


def _write_after_event(form: RuleVersionForm) -> dict[str, Any]:
    return {"within": form.within.data}


_WRITE = {
    RuleKind.INTERVAL: _write_interval,
    RuleKind.QUOTA: _write_quota,
    RuleKind.DEADLINE: _write_deadline,
    RuleKind.ONCE: _write_once,
    RuleKind.AFTER_EVENT: _write_after_event,
}
_FIELDS = {
    RuleKind.INTERVAL: ("every", "every_unit", "first_within", "first_within_unit"),
    RuleKind.QUOTA: ("count", "period", "period_unit", "repeats"),
    RuleKind.DEADLINE: ("target", "limit", "about"),
    RuleKind.ONCE: ("after_days",),
    RuleKind.AFTER_EVENT: ("within",),
}
_COUNTING = ("counts_modes", "counts_purposes")


@lru_cache(maxsize=len(RuleKind))
def rule_form(kind: RuleKind) -> type[RuleVersionForm]:
    """The form for rules of one kind: a deadline is closed by its paper and counts no contact, a crisis never moves."""
    gone = {name for other, names in _FIELDS.items() if other is not kind for name in names}
    if kind is RuleKind.DEADLINE:
        gone |= set(_COUNTING)
    if kind is RuleKind.AFTER_EVENT:
        gone.add("shift")
    # A field set to None in a subclass is none of its fields.
    return type("RuleVersionForm", (RuleVersionForm,), {"kind": kind, **dict.fromkeys(gone)})


def values_of(row: RuleVersionRow, *, version: str, effective_from: date, known: int) -> dict[str, Any]:
    """What the form begins with: the version in force, under the next name; the reason is for the person to say."""
    return {
        "known": str(known), "version": version, "effective_from": effective_from, "name": row.name,
        "counts_modes": row.counts_modes, "counts_purposes": row.counts_purposes, "shift": row.shift.value,
        "lead_days": row.lead_days, "source": row.source, "confidence": row.confidence, **_shown(row.parameters),
    }  # fmt: skip


def _shown(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as fields: a span is a figure and its unit; a first contact is asked for in the unit of the others."""
    shown: dict[str, Any] = {}
    for name, value in parameters.items():
        if isinstance(value, dict):
            ((shown[f"{name}_unit"], shown[name]),) = value.items()
        else:
            shown[name] = value
    shown.setdefault("first_within_unit", shown.get("every_unit"))
    return shown


class WithdrawForm(KoreanForm):
    """Why a version that waits is taken back."""

    reason = StringField("거두는 까닭", [DataRequired(), at_most(LONGEST_TEXT)])
