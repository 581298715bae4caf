"""서명란: who signs, by what name, and the signature as it was drawn, within its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, PolyLine
from reportlab.lib.colors import black

from app.reports.documents.flow import Flow
from app.reports.documents.tables import FOR_HAND, Align, Column, Style, filling, table
from app.reports.rules.visit_sheet import SignatureFacts
from app.reports.rules.wording import moment

_C = Align.CENTRE
_STYLE = Style(size=9.0, leading=13.0, pad=3.0)
_LINES = 4
"""Lines of room to sign in."""
_BELOW_TABLE = 4.0
_INSIDE = 6.0
_SIGN_HERE = "(서명 또는 인)"


@dataclass(frozen=True, slots=True)
class Signer:
    """One box: as what somebody signs, by what name, and what was drawn, if anything was."""

    title: str
    """«작성자», «대상자·보호자»."""
    name: str = ""
    drawn: SignatureFacts | None = None


def put_signing(flow: Flow, signers: Sequence[Signer], *, by_hand: bool = False) -> None:
    """The boxes of one to three signers side by side, whole on one page."""
    titles = filling(flow, *(Column("", 1, _C, label=True) for _ in signers))
    names = filling(flow, *(Column("", 1, _C, empty=FOR_HAND) for _ in signers))
    with table(flow, names, _STYLE, headed=False) as boxes:
        boxes.record(
            [
                ([each.title for each in signers], titles),
                ([FOR_HAND if by_hand else _named(each) for each in signers], names),
                ([_room(each) for each in signers], names),
            ]
        )
    bottom = flow.y + _BELOW_TABLE
    for at, signer in enumerate(signers):
        if signer.drawn is not None:
            _draw(flow, signer.drawn, left=flow.sheet.side + at * names[0].width, bottom=bottom, width=names[0].width)


def strokes_of(signature: SignatureFacts, *, width: float, height: float) -> Drawing:
    """The signature within a box of `width` by `height` points, its proportions kept."""
    drawing = Drawing(width, height)
    scale = min(width / max(signature.width, 1.0), height / max(signature.height, 1.0))
    for stroke in signature.strokes:
        points = [each * scale if at % 2 == 0 else height - each * scale for at, each in enumerate(stroke)]
        if len(points) >= 4:
            drawing.add(PolyLine(points, strokeColor=black, strokeWidth=1.1, strokeLineJoin=1, strokeLineCap=1))
    return drawing


def _named(signer: Signer) -> str:
    """The name, with when it was signed and how that stands to the text today."""
    if signer.drawn is None:
        return signer.name
    signed = f"{moment(signer.drawn.signed_at)} 서명"
    return "\n".join(filter(None, (signer.name or signer.drawn.signer, signed, signer.drawn.state)))


def _room(signer: Signer) -> str:
    """Empty lines for a signature; where none was drawn, the words at their end."""
    return "\n".join([FOR_HAND] * (_LINES - 1) + [FOR_HAND if signer.drawn else _SIGN_HERE])


def _draw(flow: Flow, signature: SignatureFacts, *, left: float, bottom: float, width: float) -> None:
    wide, high = width - 2 * _INSIDE, _LINES * _STYLE.leading
    ratio = max(signature.width, 1.0) / max(signature.height, 1.0)
    shown = min(wide, high * ratio)
    drawing = strokes_of(signature, width=shown, height=shown / ratio)
    flow.page.drawings.append((drawing, left + (width - shown) / 2, bottom + _STYLE.pad + (high - shown / ratio) / 2))
