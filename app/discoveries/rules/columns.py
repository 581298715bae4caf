"""Which column is which, told by the heading, wherever in the file the heading stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.errors import RuleBroken
from app.core.tables.rows import TableRow
from app.discoveries.rules.vocabulary import ListColumn

_HEADINGS: Mapping[ListColumn, str] = {
    ListColumn.NUMBER: "연번 번호 순번 일련번호 순 no",
    ListColumn.NAME: "성명 이름 성함 대상자 대상자명 대상자성명 발굴대상자 세대주 세대주명 세대주성명",
    ListColumn.BIRTH: "생년월일 생일 출생일 출생일자 출생연월일 생년월일자 "
    "주민번호앞자리 주민등록번호앞자리 주민등록번호 주민번호",
    ListColumn.SEX: "성별 성 남녀",
    ListColumn.PHONE: "전화번호 전화 연락처 휴대전화 휴대전화번호 휴대폰 휴대폰번호 핸드폰 핸드폰번호 "
    "본인연락처 대상자연락처 집전화 자택전화 유선전화",
    ListColumn.DONG: "행정동 행정동명 읍면동 읍면동명 관할동 관할읍면동 동명 동",
    ListColumn.ROAD_ADDRESS: "도로명주소 도로명 주소 거주지 거주지주소 실거주지 실거주지주소 주소지 현주소 "
    "자택주소 주민등록주소 주민등록지 주민등록상주소",
    ListColumn.LOT_ADDRESS: "지번주소 지번",
    ListColumn.UNIT: "상세주소 세부주소 나머지주소 동호수 동호 상세",
    ListColumn.CRISES: "위기정보 위기사유 위기내용 위기유형 위기요인 위기항목 위기징후 발굴사유 발굴위기정보",
    ListColumn.MONTHS: "체납개월수 체납개월 체납월수 체납기간 연체개월수 연체개월",
    ListColumn.PREVIOUS: "이전발굴횟수 이전발굴 이전발굴이력 발굴횟수 기발굴횟수 과거발굴횟수",
    ListColumn.NOTE: "비고 메모 특이사항 참고 참고사항 기타 기타사항",
}
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_A_LETTER = re.compile(r"[^0-9a-z가-힣]")
_NEEDED = (ListColumn.NAME, ListColumn.BIRTH)
_LOOKED_AT_ROWS, _FEWEST_COLUMNS = 30, 3


class HeadingNotFound(RuleBroken):
    """No row of the file names the columns that a list must have."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row and what its columns mean."""

    row_number: int
    cells: tuple[str, ...]
    columns: Mapping[ListColumn, tuple[int, ...]]
    """Positions from 0; several when a list has, say, a house and a mobile telephone."""

    def text(self, texts: tuple[str, ...], column: ListColumn) -> str:
        """The first filled cell of the column in a row that is as wide as the heading."""
        for at in self.columns.get(column, ()):
            if texts[at]:
                return texts[at]
        return ""

    def texts(self, texts: tuple[str, ...], column: ListColumn) -> list[str]:
        """Every filled cell of the column."""
        return [texts[at] for at in self.columns.get(column, ()) if at < len(texts) and texts[at]]

    def is_repeated_by(self, texts: tuple[str, ...]) -> bool:
        """Whether the row is the same heading again, as at the top of each printed page."""
        return all(map(_same_heading, self.cells, texts))


def heading_key(text: str) -> str:
    """A heading as it is compared: «성 명*», «성\\n명» and «성명(세대주)» are all «성명», «연락처2» is «연락처»."""
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", text).casefold())
    key = _NOT_A_LETTER.sub("", unicodedata.normalize("NFC", text))
    return key.rstrip("0123456789") or key


def find_heading(rows: Sequence[TableRow], *, learned: Mapping[str, ListColumn] | None = None) -> Heading:
    """The row among the first 30 that names the most columns, a name and a birth date among them.

    Args:
        rows: the whole table.
        learned: headings this source uses for a column in its own words, as a person once told us.

    Raises:
        HeadingNotFound: no such row; the text names the columns that are missing.
    """
    meanings = _MEANINGS | {heading_key(text): column for text, column in (learned or {}).items()}
    headings = [_read(row, meanings) for row in rows[:_LOOKED_AT_ROWS]]
    complete = [heading for heading in headings if _is_complete(heading)]
    if not complete:
        raise _not_found(headings)
    best = max(complete, key=_named)
    below = [heading for heading in complete if heading.row_number == best.row_number + 1]
    if below and _named(below[0]) == _named(best) and not best.is_repeated_by(below[0].cells):
        return below[0]  # a heading of two rows: the lower one says more exactly what stands beneath it
    return best


def known_columns(row: TableRow) -> Mapping[ListColumn, tuple[int, ...]]:
    """Which cells of a row are headings that are understood, wherever the row stands."""
    return _read(row, _MEANINGS).columns


def _named(heading: Heading) -> int:
    return len(heading.columns)


def _read(row: TableRow, meanings: Mapping[str, ListColumn]) -> Heading:
    columns: dict[ListColumn, tuple[int, ...]] = {}
    for at, cell in enumerate(row.cells):
        column = meanings.get(heading_key(cell)) if cell else None
        if column is not None:
            columns[column] = (*columns.get(column, ()), at)
    return Heading(row_number=row.number, cells=row.cells, columns=columns)


def _is_complete(heading: Heading) -> bool:
    return len(heading.columns) >= _FEWEST_COLUMNS and all(column in heading.columns for column in _NEEDED)


def _not_found(headings: Sequence[Heading]) -> HeadingNotFound:
    nearest = max(headings, key=_named, default=None)
    found = nearest.columns if nearest and _named(nearest) >= _FEWEST_COLUMNS else {}
    missing = ", ".join(f"«{column.label}»" for column in _NEEDED if column not in found) or "«행정동» 등"
    return HeadingNotFound("LIST_NO_HEADING", f"제목 줄에서 {missing} 칸을 찾지 못했습니다.", field="file")


def _same_heading(first: str, second: str) -> bool:
    return heading_key(first) == heading_key(second)


_MEANINGS = {word: column for column, words in _HEADINGS.items() for word in words.split()}
