"""서명란: who signs, by what name, and the signature as it was drawn, within its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, PolyLine
from reportlab.lib.colors import black

from app.reports.documents.flow import Flow
from app.reports.documents.tables import FOR_HAND, Align, Column, Columns, Style, filling, table
from app.reports.rules.visit_sheet import SignatureFacts
from app.reports.rules.wording import moment

_C = Align.CENTRE
_STYLE = Style(size=9.0, leading=13.0, pad=4.0)
_LINES = 3
"""Lines of room to sign in."""
_BELOW_TABLE = 4.0
_INSIDE = 4.0
_SIGN_HERE = "(서명 또는 인)"
_LABEL, _NAME, _SIGN = 25.0, 31.0, 32.0
"""Shares of the width of two; whoever signs alone has the room of both."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One box: as what somebody signs, by what name, and what was drawn, if anything was."""

    title: str
    """«작성자», «대상자·보호자»."""
    name: str = ""
    drawn: SignatureFacts | None = None


def put_signing(flow: Flow, signers: Sequence[Signer], *, by_hand: bool = False) -> None:
    """One row with the boxes of one or two signers side by side, whole on one page."""
    columns = _columns(flow, len(signers))
    cells = [cell for signer in signers for cell in _cells(signer, by_hand)]
    with table(flow, columns, _STYLE, headed=False) as boxes:
        boxes.row(cells)
    left = flow.sheet.side
    for at, signer in enumerate(signers):
        label, name, sign = columns[at * 3 : at * 3 + 3]
        if signer.drawn is not None:
            _draw(flow, signer.drawn, left=left + label.width + name.width, width=sign.width)
        left += label.width + name.width + sign.width


def strokes_of(signature: SignatureFacts, *, width: float, height: float) -> Drawing:
    """The signature within a box of `width` by `height` points, its proportions kept."""
    drawing = Drawing(width, height)
    scale = min(width / max(signature.width, 1.0), height / max(signature.height, 1.0))
    for stroke in signature.strokes:
        points = [each * scale if at % 2 == 0 else height - each * scale for at, each in enumerate(stroke)]
        if len(points) >= 4:
            drawing.add(PolyLine(points, strokeColor=black, strokeWidth=1.1, strokeLineJoin=1, strokeLineCap=1))
    return drawing


def _columns(flow: Flow, signers: int) -> Columns:
    more = _LABEL / 2 if signers == 1 else 0.0
    one = (
        Column("", _LABEL, _C, label=True), Column("", _NAME * 2 / signers + more, _C, empty=FOR_HAND),
        Column("", _SIGN * 2 / signers + more, _C, empty=FOR_HAND),
    )  # fmt: skip
    return filling(flow, *one * signers)


def _cells(signer: Signer, by_hand: bool) -> tuple[str, str, str]:
    """The title, the name, and the words where to sign below so many lines of room."""
    room = "\n".join([FOR_HAND] * (_LINES - 1) + [_SIGN_HERE])
    return signer.title, "" if by_hand else _named(signer), "" if signer.drawn else room


def _named(signer: Signer) -> str:
    """The name, with when it was signed and how that stands to the text today."""
    if signer.drawn is None:
        return signer.name
    drawn = signer.drawn
    return "\n".join(filter(None, (signer.name or drawn.signer, moment(drawn.signed_at), drawn.state)))


def _draw(flow: Flow, signature: SignatureFacts, *, left: float, width: float) -> None:
    """The strokes at the foot of their box, which is the last thing on the page."""
    wide, high = width - 2 * _INSIDE, _LINES * _STYLE.leading
    ratio = max(signature.width, 1.0) / max(signature.height, 1.0)
    shown = min(wide, high * ratio)
    bottom = flow.y + _BELOW_TABLE + _STYLE.pad
    drawing = strokes_of(signature, width=shown, height=shown / ratio)
    flow.page.drawings.append((drawing, left + (width - shown) / 2, bottom + (high - shown / ratio) / 2))
