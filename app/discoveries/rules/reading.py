"""One row under a heading: a person, or the reasons why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.core.text import BirthDateError, normalise, parse_birth_date
from app.discoveries.rules.cells import dong_key, find_dong, is_blank, read_address, read_count, read_phones, read_sex
from app.discoveries.rules.columns import Heading
from app.discoveries.rules.crises import CrisisCodes
from app.discoveries.rules.lines import Line
from app.discoveries.rules.people import ListedPerson, RowProblem
from app.discoveries.rules.vocabulary import ListColumn, ProblemReason
from app.households.rules import Sex

MOST_MONTHS, MOST_PREVIOUS = 600, 300
"""Fifty years of arrears, fifty years of six rounds: more is a slip of the keyboard."""

LONGEST_NAME = 100
_RESIDENT_NUMBER_MASKED = "주민등록번호로 보이는 숫자를 가렸습니다."


@dataclass(frozen=True)
class Reference:
    """What a list is judged against."""

    today: date
    dongs: Collection[str]
    """Every 행정동 that may occur: those of the 시군구."""
    crises: CrisisCodes
    dong_names: Mapping[str, str] = field(init=False, repr=False)
    """The spelling of each, by the key it is compared by."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "dong_names", {dong_key(dong): dong for dong in self.dongs})


def read_person(line: Line, heading: Heading, reference: Reference) -> ListedPerson | tuple[RowProblem, ...]:
    """The person of a row, or everything that is wrong with it, so that all can be put right at once."""
    reading = _Reading(line, heading, reference)
    person = reading.person()
    return person if person is not None else tuple(reading.problems)


class _Reading:
    """Gathers problems and remarks while the cells of one row are read."""

    def __init__(self, line: Line, heading: Heading, reference: Reference) -> None:
        self._line = line
        self._heading = heading
        self._reference = reference
        self.problems: list[RowProblem] = []
        self._remarks: list[str] = [] if line.cells is line.row.cells else [_RESIDENT_NUMBER_MASKED]

    def person(self) -> ListedPerson | None:
        name, birth_on = self._name(), self._birth_on()
        road, lot, unit = self._address()
        dong = self._dong()
        codes, months = self._crises(), self._months()
        if self.problems or birth_on is None:
            return None
        phones = self._phones()
        return ListedPerson(
            row_number=self._line.row.number,
            name=name,
            birth_on=birth_on,
            dong=dong,
            listed_number=self._text(ListColumn.NUMBER),
            sex=self._sex(),
            phone=phones[0] if phones else "",
            other_phones=phones[1:],
            road_address=road,
            lot_address=lot,
            unit=unit,
            crisis_codes=codes,
            months_in_arrears=months,
            previous_discoveries=self._previous(),
            note="\n".join(map(str.strip, self._heading.texts(self._line.cells, ListColumn.NOTE))),
            remarks=tuple(self._remarks),
        )

    def _text(self, column: ListColumn) -> str:
        return self._heading.text(self._line.texts, column)

    def _refuse(self, reason: ProblemReason, column: ListColumn, detail: str) -> None:
        self.problems.append(RowProblem(self._line.row.number, reason, column, detail))

    def _name(self) -> str:
        name = self._text(ListColumn.NAME)
        if is_blank(name):
            self._refuse(ProblemReason.NO_NAME, ListColumn.NAME, "")
        elif len(name) > LONGEST_NAME or not any(map(str.isalpha, name)):
            self._refuse(ProblemReason.NO_NAME, ListColumn.NAME, "이름으로 읽을 수 없습니다")
        return name

    def _birth_on(self) -> date | None:
        """From the cell as it stands: of a resident number the figure after the hyphen tells the century."""
        typed = self._heading.texts(self._line.row.cells, ListColumn.BIRTH)
        try:
            return parse_birth_date(typed[0] if typed else "", today=self._reference.today)
        except BirthDateError as error:
            self._refuse(ProblemReason.BIRTH, ListColumn.BIRTH, str(error))
            return None

    def _dong(self) -> str:
        text = self._text(ListColumn.DONG)
        address = self._text(ListColumn.ROAD_ADDRESS) or self._text(ListColumn.LOT_ADDRESS)
        if dong := find_dong(text or address, self._reference.dong_names):
            return dong
        if ListColumn.DONG in self._heading.columns:
            self._refuse(ProblemReason.DONG, ListColumn.DONG, "" if text else "비어 있습니다")
        return ""

    def _address(self) -> tuple[str, str, str]:
        road, lot, unit = read_address(self._text(ListColumn.ROAD_ADDRESS), self._text(ListColumn.UNIT))
        return road, self._text(ListColumn.LOT_ADDRESS) or lot, unit

    def _crises(self) -> tuple[str, ...]:
        cells = self._heading.texts(self._line.cells, ListColumn.CRISES)
        codes, unknown = self._reference.crises.read("\n".join(cells))
        if unknown and not all(map(is_blank, unknown)):
            self._refuse(ProblemReason.CRISES, ListColumn.CRISES, normalise(", ".join(unknown))[:60])
        return codes

    def _months(self) -> int | None:
        try:
            return read_count(self._text(ListColumn.MONTHS), most=MOST_MONTHS)
        except ValueError:
            self._refuse(ProblemReason.MONTHS, ListColumn.MONTHS, f"0부터 {MOST_MONTHS}까지의 숫자가 아닙니다")
            return None

    def _previous(self) -> int | None:
        text = self._text(ListColumn.PREVIOUS)
        try:
            return read_count(text, most=MOST_PREVIOUS)
        except ValueError:
            self._remarks.append(f"이전발굴횟수 «{text}» 숫자로 읽을 수 없어 비웠습니다.")
            return None

    def _sex(self) -> Sex | None:
        text = self._text(ListColumn.SEX)
        sex = read_sex(text)
        if sex is None and not is_blank(text):
            self._remarks.append(f"성별 «{text}» 읽을 수 없어 비웠습니다.")
        return sex

    def _phones(self) -> tuple[str, ...]:
        phones, unread = read_phones(self._heading.texts(self._line.cells, ListColumn.PHONE))
        self._remarks.extend(f"전화번호 «{text}» 읽을 수 없어 비웠습니다." for text in unread)
        return phones
