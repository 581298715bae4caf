"""An answer to a question about records."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.web.forms import KoreanForm


class AnswerForm(KoreanForm):
    """How the records came to be, in own words."""

    answer = TextAreaField("답", [InputRequired("답을 적어 주세요."), Length(max=2000)])
