"""The crisis codes and the weights of the queue, as a 시군구 sets its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.discoveries.rules.crisis_versions import LONGEST_LABEL, CodesChange, CodeWords, words_of
from app.discoveries.rules.triage import MOST_POINTS
from app.discoveries.rules.weights import WeightLine, WeightsChange, grouped
from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most
from app.web.forms import KoreanForm, SentBackField, WholeNumberField

NO_NUMBER = "숫자로 적어 주세요."


class StandardForm(KoreanForm):
    """From when, by what source and why, drawn from one version."""

    drawn_from = SentBackField()
    effective_from = DateField("언제부터", [InputRequired("언제부터 쓸지 골라 주세요.")])
    source = StringField("근거", [DataRequired("어디에 있는 기준인지 적어 주세요."), at_most(REASON_LENGTH)])
    why = StringField("바꾸는 까닭", [DataRequired("왜 바꾸는지 적어 주세요."), at_most(REASON_LENGTH)])


class CodesForm(StandardForm):
    """`codes_form` adds label, threshold and other words of each code."""

    own = TextAreaField("더할 위기정보", [Optional(), at_most(NOTE_LENGTH)])
    codes: Sequence[Mapping[str, Any]]

    @property
    def rows(self) -> Iterator[tuple[Mapping[str, Any], Any, Any, Any]]:
        """Each code with its three fields."""
        for at, row in enumerate(self.codes):
            yield row, self[f"label_{at}"], self[f"threshold_{at}"], self[f"aliases_{at}"]

    def to_change(self) -> CodesChange:
        """What was typed, as the service wants it; an emptied name leaves the code out."""
        words = {
            row["code"]: CodeWords((label.data or "").strip(), (threshold.data or "").strip(), words_of(aliases.data or ""))
            for row, label, threshold, aliases in self.rows
        }  # fmt: skip
        own = (self.own.data or "").splitlines()
        return CodesChange(words, own, self.effective_from.data, self.source.data or "", self.why.data or "")


def codes_form(document: Mapping[str, Any], version: str, today: date) -> CodesForm:
    """The form of a version, filled with what it says."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {"effective_from": today, "drawn_from": version}
    for at, row in enumerate(document["codes"]):
        fields[f"label_{at}"] = StringField("이름", [Optional(), at_most(LONGEST_LABEL)])
        fields[f"threshold_{at}"] = StringField("기준", [Optional(), at_most(LINE_LENGTH)])
        fields[f"aliases_{at}"] = StringField("명단에 적히는 다른 이름", [Optional(), at_most(REASON_LENGTH)])
        values[f"label_{at}"], values[f"threshold_{at}"] = row["label"], row.get("threshold") or ""
        values[f"aliases_{at}"] = ", ".join(row.get("aliases", ()))
    form: CodesForm = type("OneCodesForm", (CodesForm,), fields)(data=values)
    form.codes = document["codes"]
    return form


class WeightsForm(StandardForm):
    """`weights_form` adds the points of each line."""

    lines: Sequence[WeightLine]

    @property
    def groups(self) -> dict[str, list[tuple[WeightLine, Any]]]:
        """By group, each line with its field."""
        return {
            group: [(line, self[_name(line)]) for line in lines] for group, lines in grouped(self.lines).items()
        }  # fmt: skip

    def to_change(self) -> WeightsChange:
        """What was typed, as the service wants it; a line left empty stays as it was."""
        typed = {line.place: self[_name(line)].data for line in self.lines}
        filled = {place: points for place, points in typed.items() if points is not None}
        named = {place.removeprefix("code_"): points for place, points in filled.items() if place.startswith("code_")}
        points = {place: points for place, points in filled.items() if not place.startswith("code_")}
        return WeightsChange(points, named, self.effective_from.data, self.source.data or "", self.why.data or "")


def weights_form(lines: Sequence[WeightLine], version: str, today: date) -> WeightsForm:
    """The form of a version, filled with its points."""
    within = NumberRange(0, MOST_POINTS, f"0점에서 {MOST_POINTS}점까지 적어 주세요.")
    fields: dict[str, Any] = {
        _name(line): WholeNumberField(line.label, [InputRequired(NO_NUMBER) if line.points is not None else Optional(), within])
        for line in lines
    }  # fmt: skip
    values = {_name(line): line.points for line in lines} | {"effective_from": today, "drawn_from": version}
    form: WeightsForm = type("OneWeightsForm", (WeightsForm,), fields)(data=values)
    form.lines = lines
    return form


def _name(line: WeightLine) -> str:
    return f"points_{line.place}"
