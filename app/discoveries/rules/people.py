"""A person as a discovery list names them, and what can be wrong with a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.discoveries.rules.vocabulary import ListColumn, ProblemReason
from app.households.rules import Sex


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one cell."""

    row_number: int
    reason: ProblemReason
    column: ListColumn
    detail: str = ""
    """A short Korean explanation; of what stood in the cell only the words that name no crisis."""

    @property
    def text(self) -> str:
        """For the person: «생년월일 오류(없는 날짜입니다)»."""
        return f"{self.reason.label}({self.detail})" if self.detail else self.reason.label


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One good row: resident numbers masked, spellings made one. Row numbers are the spreadsheet's."""

    row_number: int
    name: str
    birth_on: date
    dong: str = ""
    """As the 시군구 spells it; "" when the list has no such column and the address names none."""
    listed_number: str = ""
    """연번, as it stands there."""
    sex: Sex | None = None
    phone: str = ""
    """Figures only; "" when there is none to read."""
    other_phones: tuple[str, ...] = ()
    road_address: str = ""
    """With what stood before the road; the flat is in `unit`."""
    lot_address: str = ""
    unit: str = ""
    crisis_codes: tuple[str, ...] = ()
    months_in_arrears: int | None = None
    """Of 0 to 600."""
    previous_discoveries: int | None = None
    """Of 0 to 300."""
    note: str = ""
    """As typed, line breaks included."""
    remarks: tuple[str, ...] = ()
    """What was masked or could not be read on the way in, for whoever takes the row up."""
    joined_rows: tuple[int, ...] = ()
    """Later rows of the same file that named the same person and were joined to this one."""

    @property
    def address(self) -> str:
        """Where they live, on one line."""
        return ", ".join(filter(None, (self.road_address or self.lot_address, self.unit)))
