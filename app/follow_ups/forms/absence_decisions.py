"""팀장 판단: what is decided about a household that nobody reaches, until when, and why."""

from __future__ import annotations

from datetime import date

from wtforms import DateField, HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.core.keys import key_typed
from app.follow_ups.rules import AbsenceVerdict
from app.web.forms import KoreanForm

LONGEST_REASON = 1000


class AbsenceDecisionForm(KoreanForm):
    """One decision. The hidden fields say which tries, and which earlier decision, were on the screen."""

    first_try_on = HiddenField()
    tries = HiddenField()
    newest_id = HiddenField()
    verdict = RadioField(
        "어떻게 할까요", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in AbsenceVerdict]
    )
    until_on = DateField("언제까지", [Optional()])
    reason = TextAreaField("까닭", [InputRequired(), Length(max=LONGEST_REASON)])

    def show_row(self, *, first_try_on: date | None, tries: int, newest_id: int) -> None:
        """Bind the form to what the page shows now."""
        self.first_try_on.data = first_try_on.isoformat() if first_try_on else ""
        self.tries.data, self.newest_id.data = str(tries), str(newest_id)

    @property
    def seen(self) -> tuple[date | None, int, int]:
        """First try, number of tries and newest decision as they came back; nonsense is nothing seen."""
        try:
            first_try_on = date.fromisoformat(self.first_try_on.data or "")
        except ValueError:
            first_try_on = None
        return first_try_on, key_typed(self.tries.data), key_typed(self.newest_id.data)
