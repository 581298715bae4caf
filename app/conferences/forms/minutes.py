"""The page of minutes. Fields of an item carry its key in their name, so that order and newcomers never mix texts up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    Form,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.i18n import get_translations
from wtforms.validators import Optional

from app.conferences.forms.planning import NOBODY, Seats, whole_lines
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import Closing, Decision, ItemDraft, Matter, MinutesDraft, decisions_for, typed_lines
from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most, choices_of
from app.web.forms import bind_text
from app.web.versions import VersionForm

SAID_LENGTH = 4000


class ItemRow(Form):
    """One household of the agenda."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            """WTForms' own Korean messages."""
            return get_translations(["ko"])

        bind_field = bind_text

    item: AgendaItem
    seen = HiddenField()
    """How the case stood when the page was drawn."""
    matter = SelectField("안건", choices=choices_of(Matter), validate_choice=False)
    summary = TextAreaField("사례 요약", [Optional(), at_most(NOTE_LENGTH)])
    said = TextAreaField("논의한 내용", [Optional(), at_most(SAID_LENGTH)])
    decision = SelectField("결정", validate_choice=False)
    note = TextAreaField("결정 내용", [Optional(), at_most(REASON_LENGTH)])
    reason = SelectField("종결 사유", validate_choice=False)
    goals = TextAreaField("목표 달성", [Optional(), at_most(NOTE_LENGTH)])
    attempts = TextAreaField("연락·방문 시도", [Optional(), at_most(NOTE_LENGTH)])
    recheck_on = DateField("다시 확인할 날", [Optional()])

    def to_draft(self) -> ItemDraft:
        """The item as it stands on the page; what is no choice of the list is none."""
        decided = self.decision.data
        return ItemDraft(
            self.item.id,
            Matter(self.matter.data) if self.matter.data in Matter.__members__ else self.item.matter,
            self.summary.data or "", self.said.data or "",
            Decision(decided) if decided in Decision.__members__ else None,
            self.note.data or "",
            Closing((self.reason.data or "")[:LINE_LENGTH], self.goals.data or "", self.attempts.data or "",
                    self.recheck_on.data),
            self.seen.data or "",
        )  # fmt: skip


class MinutesForm(Seats, VersionForm):
    """Everything about a conference but its agenda's items, which are rows of their own."""

    held_on = DateField("회의일")
    began = TimeField("시작", [Optional()])
    ended = TimeField("끝", [Optional()])
    place = StringField("장소", [Optional(), at_most(LINE_LENGTH)])
    staff = SelectMultipleField("우리 직원", choices=[], invalid_choice_message=NOBODY)
    others = TextAreaField("다른 기관에서 온 사람", [Optional(), at_most(NOTE_LENGTH), whole_lines])
    opening = TextAreaField("전체 안내·공유한 것", [Optional(), at_most(NOTE_LENGTH)])
    rows: tuple[ItemRow, ...] = ()

    def with_items(self, typed: MultiDict[str, str], items: Sequence[AgendaItem], reasons: Iterable[Any]) -> None:
        """Draw a row for each of these items from what was typed."""
        closures = [SelectChoice("", "고르기"), *(SelectChoice(each.code, each.label) for each in reasons)]
        self.rows = tuple(_row(item, typed, closures) for item in items)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the whole page fits, items included; the items' errors are named on top as well."""
        fits = super().validate(extra_validators)
        fitting = [row.validate() for row in self.rows]
        for number, row in enumerate(self.rows, 1):
            said = [
                f"안건 {number} {row[name].label.text}: {text}" for name, texts in row.errors.items() for text in texts
            ]
            self.form_errors = [*self.form_errors, *said]
        return fits and all(fitting)

    def to_draft(self, conference: Conference) -> MinutesDraft:
        """What stands on the page, complete or not; without a day the stored one stays."""
        return MinutesDraft(
            self.held_on.data or conference.held_on, self.began.data, self.ended.data, self.place.data or "", self.seated(),
            self.opening.data or "", tuple(row.to_draft() for row in self.rows),
        )  # fmt: skip


def _row(item: AgendaItem, typed: MultiDict[str, str], closures: list[SelectChoice]) -> ItemRow:
    row = ItemRow(formdata=typed, prefix=f"item-{item.id}")
    row.item = item
    possible = decisions_for(item.case.stage, item.case.case_class)
    kept = [] if item.decision is None or item.decision in possible else [item.decision]
    row.decision.choices = choices_of((*possible, *kept), blank="아직 정하지 않음")
    row.reason.choices = closures
    return row


def typed_of(draft: MinutesDraft, *, version: int, marks: Mapping[int, str]) -> dict[str, list[str]]:
    """What a page would send that shows this draft; `marks`: by item, how its case stands now."""
    typed = {
        "version": [str(version)], "held_on": [draft.held_on.isoformat()], "began": [_clock(draft.began)],
        "ended": [_clock(draft.ended)], "place": [draft.place], "opening": [draft.opening],
        "staff": [str(each.account_id) for each in draft.attendees if each.account_id],
        "others": [typed_lines(draft.attendees)],
    }  # fmt: skip
    for each in draft.items:
        typed |= {f"item-{each.item_id}-{name}": [text] for name, text in _texts(each).items()}
        typed[f"item-{each.item_id}-seen"] = [marks.get(each.item_id, "")]
    return typed


def _texts(item: ItemDraft) -> dict[str, str]:
    closing = item.closing
    return {
        "matter": item.matter.value, "summary": item.summary, "said": item.said,
        "decision": item.decision.value if item.decision else "", "note": item.note, "reason": closing.reason,
        "goals": closing.goals, "attempts": closing.attempts,
        "recheck_on": closing.recheck_on.isoformat() if closing.recheck_on else "",
    }  # fmt: skip


def _clock(at: Any) -> str:
    return f"{at:%H:%M}" if at else ""
