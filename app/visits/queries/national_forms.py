"""The forms of national systems: the installation's own, or those the product came with."""

from __future__ import annotations

from pathlib import Path

from app.core.shipped import shipped_file
from app.visits.rules.national import NationalForm, national_forms_from
from app.visits.rules.states import NationalSystem

NAME = "national_forms.json"


def read_national_forms(instance: Path) -> dict[NationalSystem, NationalForm]:
    """The forms in force: `national_forms.json` of the instance folder where there is one, read anew every time.

    Raises:
        NationalFormError: it cannot be used; nobody falls back silently on other fields than were asked for.
    """
    own = instance / NAME
    file = own if own.is_file() else shipped_file(NAME)
    return national_forms_from(file.read_text(encoding="utf-8"))
