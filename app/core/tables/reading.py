"""Reads what people send as «the list»: an XLSX workbook, or text with commas, tabs or semicolons.

The kind is told by the content, never by the file name, which is often wrong.
"""

from __future__ import annotations

from app.core.tables.delimited import read_delimited
from app.core.tables.rows import Table, TableError, TableLimits, refuse
from app.core.tables.workbook import read_workbook

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")
_STANDARD_LIMITS = TableLimits()


def read_table(content: bytes, *, limits: TableLimits = _STANDARD_LIMITS, sheet: str | None = None) -> Table:
    """The rows of a file as text, with their original numbers.

    Args:
        content: the whole file. XLSX; or CSV in UTF-8 (BOM or not), UTF-16 with BOM, or CP949/EUC-KR.
        limits: what is refused as too much, before it is unpacked.
        sheet: name of the sheet to read; by default the first visible one that holds something.

    Raises:
        TableError: with a Korean text. Codes: TABLE_EMPTY, TABLE_TOO_LARGE, TABLE_OLD_FORMAT,
            TABLE_ENCRYPTED, TABLE_NOT_A_TABLE, TABLE_UNDECODABLE, TABLE_BROKEN, TABLE_NO_SUCH_SHEET.
    """
    if not content.strip():
        raise refuse("EMPTY", "빈 파일입니다.")
    if len(content) > limits.max_bytes:
        raise refuse("TOO_LARGE", f"파일이 너무 큽니다. {limits.max_bytes // 1_000_000}MB까지 읽습니다.")
    if refusal := _known_other_kind(content):
        raise refusal
    if content.startswith(_ZIP):
        return read_workbook(content, limits, sheet)
    return read_delimited(content, limits)


def _known_other_kind(content: bytes) -> TableError | None:
    if content.startswith(_OLD_OFFICE):
        return _old_office(content)
    if b"DRMONE" in content[:32] or content.startswith(b"SCDSA"):
        return refuse("ENCRYPTED", "문서보안(DRM)이 걸린 파일입니다. 보안을 해제한 뒤 다시 올려 주세요.")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return refuse("NOT_A_TABLE", "웹 페이지 형식의 파일입니다. 엑셀에서 열어 .xlsx로 저장해 주세요.")
    if content.startswith(_NO_TABLES):
        return refuse("NOT_A_TABLE", "표 파일이 아닙니다. 엑셀(.xlsx)이나 CSV 파일을 올려 주세요.")
    return None


def _old_office(content: bytes) -> TableError:
    if _ENCRYPTED_PART in content:
        return refuse("ENCRYPTED", "암호가 걸린 엑셀 파일입니다. 암호를 풀어 저장한 뒤 다시 올려 주세요.")
    return refuse("OLD_FORMAT", "예전 형식(.xls)의 파일입니다. 엑셀에서 .xlsx로 저장해 주세요.")
