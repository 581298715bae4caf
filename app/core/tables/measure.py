"""Measures a workbook before the reader sees it.

A few kilobytes of zip can unfold to gigabytes, and a sheet whose only two cells are A1 and XFD1048576 makes
the reader ask for half a terabyte and abort the whole process, which no exception handler survives. So
unpack under a limit, walk the XML once counting cells, and hand on a copy that holds exactly the measured parts.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from xml.parsers import expat

from app.core.tables.rows import TableError, TableLimits, refuse

_MAX_PARTS = 2_000
_LEFT_OUT = re.compile(
    r"xl/(?:media|drawings|charts|embeddings|externalLinks|pivot\w+|theme|printerSettings)/|docProps/"
)
_ENCRYPTED_FLAG = 0x1


def measured_copy(content: bytes, limits: TableLimits) -> io.BytesIO:
    """The workbook's own XML parts, unpacked, measured and packed again without compression.

    Raises:
        TableError: no zip, no workbook, encrypted, broken XML, or more than `limits` allow.
    """
    parts = _unpacked_parts(content, limits)
    sheets = {name: part for name, part in parts.items() if name.endswith(".xml")}
    walks = {name: _walked(part, limits) for name, part in sheets.items()}
    _check_shared_texts(sheets, walks, limits)
    return _packed(parts)


def _unpacked_parts(content: bytes, limits: TableLimits) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [name for name in dict.fromkeys(package.namelist()) if _is_wanted(name)]
            if "xl/workbook.xml" not in names or len(names) > _MAX_PARTS:
                raise refuse("NOT_A_TABLE", "엑셀(.xlsx) 파일이 아닙니다. 엑셀에서 .xlsx로 저장해 주세요.")
            return _read_within(package, names, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise _broken() from error


def _is_wanted(name: str) -> bool:
    return name.endswith((".xml", ".rels")) and not _LEFT_OUT.match(name)


def _read_within(package: zipfile.ZipFile, names: list[str], limits: TableLimits) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.max_unpacked_bytes
    for name in names:
        if package.getinfo(name).flag_bits & _ENCRYPTED_FLAG:
            raise refuse("ENCRYPTED", "암호가 걸린 파일입니다. 암호를 풀어 저장한 뒤 다시 올려 주세요.")
        with package.open(name) as stream:
            parts[name] = stream.read(left + 1)
        left -= len(parts[name])
        if left < 0:
            raise _too_large(limits)
    return parts


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    copy.seek(0)
    return copy


class _Walk:
    """One pass over an XML part, in the order of the file. Called for every element, so kept lean.

    Parts are not told apart by their names, which a workbook may choose freely: any may hold cells or texts.
    """

    __slots__ = ("columns", "is_shared", "limits", "place", "reference", "row", "rows", "shared_texts", "shared_uses")

    def __init__(self, limits: TableLimits) -> None:
        self.limits = limits
        self.rows = self.columns = 0  # of the used area so far: cells that hold a value
        self.shared_texts = self.shared_uses = 0
        self.row = self.place = 0
        self.reference: str | None = None
        self.is_shared = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self.place += 1
            self.reference = attributes.get("r")
            self.is_shared = attributes.get("t") == "s"
        elif name in ("v", "is"):
            self.shared_uses += self.is_shared
            self._widen()
        elif name == "row":
            self.row = _whole(attributes.get("r"), self.row + 1)
            self.place = 0
        elif name == "si":
            self.shared_texts += 1

    def _widen(self) -> None:
        """A cell without a reference stands next to the one before; a reference may name any row."""
        column, row = self.place, self.row
        if self.reference is not None:
            letters = self.reference.rstrip("0123456789")
            column, row = _column_number(letters), max(row, _whole(self.reference[len(letters) :], 0))
            self.place = column
        if row > self.rows or column > self.columns:
            self.rows, self.columns = max(row, self.rows), max(column, self.columns)
            self._check_area()

    def _check_area(self) -> None:
        most = self.limits
        too_many = self.rows > most.max_rows or self.columns > most.max_columns
        if too_many or self.rows * self.columns > most.max_cells:
            raise _too_large(most)


def _walked(part: bytes, limits: TableLimits) -> _Walk:
    walk = _Walk(limits)
    _parse(part, walk.start)
    return walk


def _check_shared_texts(parts: dict[str, bytes], walks: dict[str, _Walk], limits: TableLimits) -> None:
    """A text of 32,767 letters is stored once and may be used by every cell; the reader writes each one out."""
    texts = [text for name, walk in walks.items() if walk.shared_texts for text in _texts(parts[name], "si")]
    longest = max(map(len, texts), default=0)
    if longest * sum(walk.shared_uses for walk in walks.values()) <= limits.max_letters:
        return
    users = (parts[name] for name, walk in walks.items() if walk.shared_uses)
    uses = Counter(index.strip() for part in users for index in _texts(part, "v", of_cells="s"))
    if sum(len(text) * uses[str(at)] for at, text in enumerate(texts)) > limits.max_letters:
        raise _too_large(limits)


def _texts(part: bytes, tag: str, *, of_cells: str | None = None) -> list[str]:
    """What stands within every `tag`; `of_cells` keeps to cells of that type."""
    found: list[str] = []
    pieces: list[str] | None = None
    kind: str | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal pieces, kind
        name = name.rpartition(":")[2]
        if name == "c":
            kind = attributes.get("t")
        elif name == tag and of_cells in (None, kind):
            pieces = []

    def end(name: str) -> None:
        nonlocal pieces
        if pieces is not None and name.rpartition(":")[2] == tag:
            found.append("".join(pieces))
            pieces = None

    def text(letters: str) -> None:
        if pieces is not None:
            pieces.append(letters)

    _parse(part, start, end, text)
    return found


def _parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise _broken() from error


@lru_cache(maxsize=512)
def _column_number(letters: str) -> int:
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise _broken()
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else otherwise


def _refuse_doctype(*_: object) -> None:
    raise _broken()


def _broken() -> TableError:
    return refuse("BROKEN", "엑셀 파일이 손상되어 읽을 수 없습니다. 엑셀에서 다시 저장해 주세요.")


def _too_large(limits: TableLimits) -> TableError:
    most = f"{limits.max_rows:,}행, {limits.max_columns}칸까지 읽습니다."
    return refuse("TOO_LARGE", f"표가 너무 큽니다. {most} 빈 행과 칸을 지워 주세요.")
