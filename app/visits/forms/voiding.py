"""무효: why a whole record is taken back."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.visits.rules import LINE_TEXT_LIMIT
from app.web.versions import VersionForm


class VoidForm(VersionForm):
    """The reason, and the version that was looked at."""

    reason = TextAreaField("무효로 하는 까닭", [DataRequired(), Length(max=LINE_TEXT_LIMIT)])


class ReviveForm(VersionForm):
    """Only the version that was looked at."""
