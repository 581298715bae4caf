"""What makes a paper official: number, date, approval boxes, title; on every page, whose print it is."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.documents import fonts
from app.reports.documents.flow import Flow
from app.reports.documents.fonts import Face
from app.reports.documents.page import HAIRLINE, RULE, Page, Sheet, bind
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.stored import Facts, short_fingerprint, to_json
from app.reports.rules.wording import day, moment

_SMALL = 8.0
_LEADING = 11.5
_OFFICE_LEADING = 14.0
_TITLE = 19.0
_SIGN_HEIGHT = 40.0
_BOX_WIDTH = 52.0
_BOX_SIDE = 16.0
_FOOT = 24.0
"""The lowest line of the foot, in points above the edge of the paper."""

_WARNING = "개인정보가 들어 있는 문서입니다. 목적 외 이용과 제공을 금합니다."
_DAY_BY_HAND = "            년       월       일"
_CENTRE_BY_HAND = "_" * 24
_BLANK_FORM = "빈 서식"
_END = "끝."
_UNPRINTABLE = f"{fonts.UNPRINTABLE} 표시는 인쇄 글꼴에 없는 글자입니다. 원문은 전산 기록에 그대로 있습니다."


def open_paper(letterhead: Letterhead, sheet: Sheet) -> Flow:
    """A flow whose first page carries the head of the paper, ready for its contents."""
    flow = open_file(letterhead, sheet)
    put_head(flow, letterhead)
    return flow


def open_file(letterhead: Letterhead, sheet: Sheet) -> Flow:
    """An empty flow for a paper of several sheets; each begins with `flow.begin` and `put_head`."""
    flow = Flow(sheet, bottom=sheet.bottom)
    flow.bottom += _LEADING * (len(_print_lines(flow, letterhead)) - 1)
    return flow


def put_head(flow: Flow, letterhead: Letterhead) -> None:
    """The head of the paper at the top of the page."""
    box_width, box_bottom = _approval_box(flow, letterhead.approvals)
    office_bottom = _office(flow, letterhead, flow.sheet.body - box_width - 12)
    flow.y = min(box_bottom, office_bottom) - 14
    _centred(flow, letterhead.title, flow.type.bold, _TITLE)
    if letterhead.period:
        _centred(flow, f"({letterhead.period})", flow.type.regular, 10.0)
    flow.y -= 4


def close_paper(flow: Flow, facts: Facts, *, subject: str) -> bytes:
    """The finished file: counting rules at the end, then on each page its number and whose print it is."""
    letterhead = facts.letterhead
    _counting_rules(flow, letterhead, has_unprintable=fonts.has_unprintable(to_json(facts)))
    prints, check = _print_lines(flow, letterhead), f"문서확인 {short_fingerprint(facts)}"
    for at, page in enumerate(flow.pages, start=1):
        if at > 1 and not page.has_head:
            _running_head(flow, page, f"{letterhead.title} · {page.subject or subject}", letterhead.document_number)
        _foot(flow, page, prints, f"{at}/{len(flow.pages)}쪽", check)
    return bind(
        flow.pages,
        flow.sheet,
        title=f"{letterhead.title} {letterhead.document_number}",
        author=f"{letterhead.district} {letterhead.centre}".strip(),
        subject=_shows(letterhead),
    )


def _office(flow: Flow, letterhead: Letterhead, width: float) -> float:
    """Number, date and office in the upper left; answers where they end."""
    page, y, set_type = flow.page, flow.y, flow.type
    for name, value in (
        ("문서번호", letterhead.document_number),
        ("작성일", _DAY_BY_HAND if letterhead.is_by_hand else day(letterhead.written_on)),
        ("기관", f"{letterhead.district} {_centre(letterhead)}".strip()),
        ("공개 범위", _shows(letterhead)),
    ):
        page.write(set_type.bold, 9.0, _OFFICE_LEADING, flow.sheet.side, y, [name])
        lines = set_type.lines(value, set_type.regular, (width - 50) / 9.0)
        page.write(set_type.regular, 9.0, _OFFICE_LEADING, flow.sheet.side + 50, y, lines)
        y -= _OFFICE_LEADING * len(lines)
    return y


def _centre(letterhead: Letterhead) -> str:
    """The centre's name; on a blank form without one a line to write it on."""
    return letterhead.centre or (_CENTRE_BY_HAND if letterhead.is_by_hand else "")


def _shows(letterhead: Letterhead) -> str:
    """How much of people the paper shows; of a blank form nobody knows yet."""
    return _BLANK_FORM if letterhead.is_by_hand else letterhead.masking.label


def _approval_box(flow: Flow, names: Sequence[str]) -> tuple[float, float]:
    """The 결재란 in the upper right; answers its width and where it ends."""
    if not names:
        return 0.0, flow.y
    width = min(_BOX_WIDTH, (flow.sheet.body * 0.6 - _BOX_SIDE) / len(names))
    heads = [flow.type.lines(name, flow.type.regular, (width - 4) / _SMALL) for name in names]
    head_height = max(map(len, heads)) * _LEADING + 4
    left, bottom = flow.sheet.right - width * len(names) - _BOX_SIDE, flow.y - head_height - _SIGN_HEIGHT
    _approval_lines(flow, left, bottom, width, head_height, len(names))
    _set_column(flow, ["결", "재"], left, _BOX_SIDE, flow.y, flow.y - bottom, spacing=16.0)
    for at, head in enumerate(heads):
        _set_column(flow, head, left + _BOX_SIDE + at * width, width, flow.y, head_height)
    return width * len(names) + _BOX_SIDE, bottom


def _approval_lines(flow: Flow, left: float, bottom: float, width: float, head: float, count: int) -> None:
    page, top, right = flow.page, flow.y, flow.sheet.right
    page.box(left, bottom, right - left, top - bottom, RULE)
    page.rule(left + _BOX_SIDE, top - head, right, top - head)
    for at in range(count):
        x = left + _BOX_SIDE + at * width
        page.rule(x, bottom, x, top)


def _set_column(
    flow: Flow,
    lines: Sequence[str],
    x: float,
    width: float,
    top: float,
    height: float,
    spacing: float = _LEADING,
) -> None:
    """Lines one below the other in the middle of a box."""
    y = top - (height - spacing * len(lines)) / 2
    for line in lines:
        indent = (width - flow.type.width(line, flow.type.regular) * _SMALL) / 2
        flow.page.write(flow.type.regular, _SMALL, spacing, x + indent, y, [line])
        y -= spacing


def _centred(flow: Flow, text: str, face: Face, size: float) -> None:
    for line in flow.type.lines(text, face, flow.sheet.body / size):
        x = (flow.sheet.width - flow.type.width(line, face) * size) / 2
        flow.page.write(face, size, size * 1.5, x, flow.y, [line])
        flow.y -= size * 1.5


def _counting_rules(flow: Flow, letterhead: Letterhead, *, has_unprintable: bool) -> None:
    """How things were counted, then the mark that nothing follows: never alone on a page of its own."""
    rules = [f"· {rule}" for rule in letterhead.counting_rules]
    if has_unprintable:
        rules.append(f"· {_UNPRINTABLE}")
    if rules:
        flow.heading("집계 기준")
        rules[-1] += f"  {_END}"
    elif flow.room >= _LEADING * 1.2:
        rules = [_END]
    for rule in rules:
        flow.note(rule)


def _print_lines(flow: Flow, letterhead: Letterhead) -> list[str]:
    """Who printed this copy, when, what for and how much it shows."""
    facts = (
        f"출력 {letterhead.printed_by}",
        moment(letterhead.printed_at),
        f"제{letterhead.copy_number}부",
        f"목적 {letterhead.purpose.label}",
        _shows(letterhead),
    )
    return flow.type.lines(" · ".join(facts), flow.type.regular, (flow.sheet.body - 60) / _SMALL)


def _foot(flow: Flow, page: Page, prints: list[str], number: str, check: str) -> None:
    set_type, sheet = flow.type, flow.sheet
    y = _FOOT + _LEADING * (len(prints) + 1)
    page.rule(sheet.side, y + 2, sheet.right, y + 2, HAIRLINE)
    page.write(set_type.regular, _SMALL, _LEADING, sheet.side, y, [*prints, _WARNING])
    _at_right(flow, page, number, set_type.bold, y)
    _at_right(flow, page, check, set_type.regular, _FOOT + _LEADING)


def _running_head(flow: Flow, page: Page, left: str, right: str) -> None:
    """What paper and which number this page belongs to; a long one grows upwards into the margin."""
    sheet, top, regular = flow.sheet, flow.sheet.height - flow.sheet.top, flow.type.regular
    lefts = flow.type.lines(left, regular, sheet.body * 0.6 / _SMALL)
    rights = flow.type.lines(right, regular, sheet.body * 0.38 / _SMALL)
    page.write(regular, _SMALL, _LEADING, sheet.side, top + _LEADING * (len(lefts) - 1), lefts)
    for above, line in enumerate(reversed(rights)):
        _at_right(flow, page, line, regular, top + _LEADING * above)
    page.rule(sheet.side, top - _LEADING - 1, sheet.right, top - _LEADING - 1, HAIRLINE)


def _at_right(flow: Flow, page: Page, text: str, face: Face, y: float) -> None:
    x = flow.sheet.right - flow.type.width(text, face) * _SMALL
    page.write(face, _SMALL, _LEADING, x, y, [text])
