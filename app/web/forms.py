"""The ground of every form: Korean messages, NFC text, and rules that come back to their field."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from flask import flash, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import FieldList, FileField, FormField, HiddenField, IntegerField, PasswordField, StringField
from wtforms.i18n import get_translations

from app.core.errors import RuleBroken
from app.core.privacy import find_resident_numbers, mask_resident_numbers
from app.extensions import db

LARGEST_NUMBER = 10**15 - 1
NOT_STORED = "주민등록번호는 저장하지 않습니다. 뒷자리를 *로 가렸습니다."


def as_typed(text: Any) -> Any:
    """Text in NFC without NUL (which PostgreSQL cannot store), otherwise exactly as typed."""
    return unicodedata.normalize("NFC", text).replace("\x00", "") if isinstance(text, str) else text


def bind_text(meta: Any, form: Any, unbound_field: Any, options: Any) -> Any:
    """Bind a field so that its text arrives in NFC and without any resident number."""
    if issubclass(unbound_field.field_class, (FormField, FieldList)):
        return unbound_field.bind(form=form, **options)  # their inner fields have filters of their own
    masking = [_masked] if hides_resident_numbers(unbound_field.field_class) else []
    filters = [as_typed, *masking, *unbound_field.kwargs.get("filters", [])]
    return unbound_field.bind(form=form, **{**options, "filters": filters})


def hides_resident_numbers(kind: type[Any]) -> bool:
    """Whether such a field is free text; a password is nobody's to read, and a birth date may be read off a number."""
    return issubclass(kind, StringField) and not (
        issubclass(kind, PasswordField) or getattr(kind, "reads_resident_numbers", False)
    )


def _masked(text: Any) -> Any:
    return mask_resident_numbers(text) if isinstance(text, str) else text


class SentBackField(HiddenField):
    """What a page was drawn from (a version, a moment), for the form to send back; a form without it knows nothing.

    A plain hidden field would take the newest for it, as it takes what stands in a record for a text that was not sent.
    """

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist[0] if valuelist else ""


class WholeNumberField(IntegerField):
    """A number of at most fifteen figures: what is longer is no number anybody means, and overflows whatever compares it."""

    data: int | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) > LARGEST_NUMBER:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))


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

        bind_field = bind_text

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent as a form, never JSON; a file counts only where one is asked for."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            if not form.is_submitted():
                return None
            files = [(name, file) for name, file in request.files.items(multi=True) if _takes_files(form, name)]
            return CombinedMultiDict([MultiDict(files), request.form]) if files else request.form

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything fits; says so when a resident number was typed, for it has been masked."""
        fits = bool(super().validate(extra_validators))
        if any(map(find_resident_numbers, _texts_sent(self))):
            flash(NOT_STORED, "warn")
        return fits

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


def _takes_files(form: Any, name: str) -> bool:
    return name in form and isinstance(form[name], FileField)


def _texts_sent(fields: Any) -> Iterator[str]:
    """What was sent in the free texts of a form, before it was masked."""
    for field in fields:
        if isinstance(field, (FormField, FieldList)):
            yield from _texts_sent(field)
        elif hides_resident_numbers(type(field)):
            yield from (text for text in field.raw_data or () if isinstance(text, str))
