"""The ground of every form: Korean messages, NFC text, and rules that come back to their field."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import FieldList, FormField
from wtforms.i18n import get_translations

from app.core.errors import RuleBroken
from app.extensions import db


def as_typed(text: Any) -> Any:
    """Text in NFC without NUL (which PostgreSQL cannot store), otherwise exactly as typed."""
    return unicodedata.normalize("NFC", text).replace("\x00", "") if isinstance(text, str) else text


class KoreanForm(FlaskForm):
    """A form that speaks Korean and keeps what was typed."""

    outcome: Any = None
    """What the verb gave back."""
    form_errors: list[str]
    broken: RuleBroken | None = None
    """The rule that said no."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            """WTForms' own Korean messages; Flask-WTF hides them unless Flask-Babel is there."""
            return get_translations(["ko"])

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            if issubclass(unbound_field.field_class, (FormField, FieldList)):
                return unbound_field.bind(form=form, **options)  # their inner fields have filters of their own
            filters = [as_typed, *unbound_field.kwargs.get("filters", [])]
            return unbound_field.bind(form=form, **{**options, "filters": filters})

    def carries_out(self, verb: Callable[[], Any]) -> bool:
        """Do the verb inside a savepoint; a broken rule undoes it and is shown at its field.

        Returns True when it was done, False when the form must be shown again.
        """
        try:
            with db.session.begin_nested():
                self.outcome = verb()
        except RuleBroken as broken:
            self.broken = broken
            self.show(broken)
            return False
        return True

    def show(self, broken: RuleBroken) -> None:
        """Put a broken rule's sentence at its field, or on top of the form; several are shown by the form itself."""
        if hasattr(broken, "problems"):
            return
        field = self._fields.get(broken.field or "")
        if field is None:
            self.form_errors = [*self.form_errors, broken.text]
        else:
            field.errors = [*field.errors, broken.text]

    @property
    def status(self) -> int:
        """HTTP status of the page that shows this form: 422 when it comes back with errors."""
        return 422 if self.errors else 200
