"""Reading a printed paper back, as a person or a search program would."""

from __future__ import annotations

import unicodedata
from io import BytesIO

from pypdf import PdfReader


def reader(paper: bytes) -> PdfReader:
    return PdfReader(BytesIO(paper), strict=True)


def page_texts(paper: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in reader(paper).pages]


def text_of(paper: bytes) -> str:
    return "\n".join(page_texts(paper))


def squeezed(text: str) -> str:
    """`text` composed and without any white space, as line breaks on paper fall where they must."""
    return "".join(unicodedata.normalize("NFC", text).split())
