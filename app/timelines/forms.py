"""Close a household."""

from __future__ import annotations

from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.households.rules import ClosureReason
from app.web.forms import KoreanForm


class CloseForm(KoreanForm):
    """Why the household is no longer looked after."""

    reason = RadioField(
        "종료 사유", [InputRequired()], choices=[SelectChoice(reason.value, reason.label) for reason in ClosureReason]
    )
    note = TextAreaField("내용", [Optional(), Length(max=2000)])
