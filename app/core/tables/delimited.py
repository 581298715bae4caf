"""CSV and its relatives, in the encodings that Korean offices write."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from app.core.tables.formulas import restore
from app.core.tables.rows import Table, TableError, TableLimits, TableRow, refuse, without_empty_tail

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_DELIMITERS = ",\t;"
_SAMPLED_LETTERS, _SAMPLED_ROWS = 50_000, 50


def read_delimited(content: bytes, limits: TableLimits) -> Table:
    """The rows of a text file. Quoted cells may hold line breaks; the delimiter is found out.

    Raises:
        TableError: no text, an unknown encoding, one column only, unmatched quotes, or too many rows.
    """
    text, encoding = _decoded(content)
    rows = list(_rows(text, limits))
    kept = without_empty_tail(rows)
    if max(len(row.cells) for row in kept) < 2:
        raise refuse("NOT_A_TABLE", "칸이 나뉜 표가 아닙니다. 엑셀(.xlsx)이나 CSV 파일을 올려 주세요.")
    return Table(rows=kept, form=f"CSV({encoding})")


def _decoded(content: bytes) -> tuple[str, str]:
    marked = next((known[1:] for known in _MARKS if content.startswith(known[0])), None)
    if marked is None and b"\x00" in content:
        raise refuse("NOT_A_TABLE", "표 파일이 아닙니다. 엑셀(.xlsx)이나 CSV 파일을 올려 주세요.")
    for codec, name in (marked,) if marked else (("utf-8", "UTF-8"), ("cp949", "CP949")):
        try:
            return content.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise refuse("UNDECODABLE", "글자를 읽을 수 없습니다. 엑셀에서 «CSV UTF-8» 또는 .xlsx로 저장해 주세요.")


def _rows(text: str, limits: TableLimits) -> Iterator[TableRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text), strict=True)
    line = 1
    try:
        for number, cells in enumerate(reader, start=1):
            if number > limits.max_rows or len(cells) > limits.max_columns:
                raise _too_much(limits)
            yield TableRow(number, tuple(map(restore, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _unmatched_quotes(line) from error


def _delimiter_of(text: str) -> str:
    """The delimiter that cuts the most rows into one and the same number of cells, and of those into the most cells.

    Strictness is left out here: the sample may end within a quoted cell.
    """
    sample = text[:_SAMPLED_LETTERS]

    def fit(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in islice(rows, _SAMPLED_ROWS) if len(row) > 1)
        return max(((rows_alike, width) for width, rows_alike in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=fit)


def _too_much(limits: TableLimits) -> TableError:
    return refuse("TOO_LARGE", f"표가 너무 큽니다. {limits.max_rows:,}행, {limits.max_columns}칸까지 읽습니다.")


def _unmatched_quotes(line: int) -> TableError:
    text = f"{line:,}번째 줄부터 따옴표가 맞지 않거나 한 칸이 너무 깁니다. 엑셀에서 다시 저장해 주세요."
    return refuse("BROKEN", text)
