"""A stable field as it was last time, to be confirmed by one tap or written anew."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import Form, HiddenField, RadioField, SelectChoice, StringField
from wtforms.i18n import get_translations
from wtforms.validators import Length, Optional

from app.visits.rules import LINE_TEXT_LIMIT, Carried, StableField
from app.web.forms import bind_text

SAME, CHANGED = "SAME", "CHANGED"


class CarriedForm(Form):
    """«지난번과 같음» or «고치기»; where there is no earlier text, a field alone."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return get_translations(["ko"])

        bind_field = bind_text

    how = RadioField(
        "확인", [Optional()], choices=[SelectChoice(SAME, "지난번과 같음"), SelectChoice(CHANGED, "고치기")]
    )
    text = StringField("내용", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    earlier = HiddenField(validators=[Length(max=LINE_TEXT_LIMIT)])
    from_visit = HiddenField(validators=[Length(max=40)])
    written_on = HiddenField(validators=[Length(max=10)])

    def to_carried(self, name: StableField) -> Carried | None:
        """What was confirmed or written; None for a field nobody said anything about."""
        earlier, typed = self.earlier.data or "", (self.text.data or "").strip()
        if (self.how.data == SAME and earlier) or (typed and typed == earlier):
            return Carried(name, earlier, _visit_id(self.from_visit.data))
        if self.how.data == CHANGED or (typed and not (earlier and self.how.data == SAME)):
            return Carried(name, typed)
        return None


def as_offered(carried: Carried | None) -> dict[str, str]:
    """What a page's form begins with."""
    if carried is None:
        return {}
    return {
        "earlier": carried.text,
        "from_visit": str(carried.from_visit_id or ""),
        "written_on": carried.written_on.isoformat() if carried.written_on else "",
    }


def _visit_id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
