"""A row of a list as its pages show it, read once, so that templates ask the database nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.text import format_phone
from app.discoveries.models import ListRow
from app.discoveries.queries import crisis_words
from app.discoveries.rules import SkippedLine
from app.discoveries.views.blueprint import blueprint
from app.households.rules import age_on


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row: whom it names, why they are on the list, what became of it."""

    row: ListRow
    name: str
    """Of a row to fix all its cells: what is wrong may be the name."""
    who: str
    """«49세 여 · 1977-07-02»."""
    where: str
    crises: str
    arrears: str
    previous: str
    note: str
    remarks: tuple[str, ...]


def line_of(row: ListRow, *, today: date) -> RowLine:
    """A row that was loaded with its list."""
    if row.read_as is None:
        cells = " · ".join(cell.strip() for cell in row.cells if cell.strip())
        return RowLine(row, cells or "빈 칸뿐인 줄", "", "", "", "", "", "", ())
    person = row.person
    age = age_on(today, birth_on=person.birth_on)
    who = " ".join(filter(None, (f"{age}세", person.sex.label if person.sex else "")))
    return RowLine(
        row, person.name, f"{who} · {person.birth_on}", " · ".join(filter(None, (format_phone(person.phone), person.address))),
        crisis_words(row.imported_list.crisis_codes, row.crisis_codes),
        f"체납 {row.months_in_arrears}개월" if row.months_in_arrears else "",
        f"이전 발굴 {row.previous_discoveries}번" if row.previous_discoveries else "", person.note, person.remarks,
    )  # fmt: skip


@blueprint.app_template_filter()
def skipped_words(skipped: dict[str, int]) -> str:
    """«빈 줄 1, 합계 줄 1»: lines of a file that are nobody's."""
    return ", ".join(f"{kind.label} {skipped[kind]:,}" for kind in SkippedLine if skipped.get(kind))
