"""A table of counts on paper: the first column named, sums below and, where they say something, across."""

from __future__ import annotations

from app.reports.documents.flow import Flow
from app.reports.documents.tables import DENSE, Align, Column, filling, ruled
from app.reports.rules.counted import CountLine, CountTable, share_words

_C = Align.CENTRE
_LABEL = 2.0
_MOST_COLUMNS = 14
"""So many headings stand beside each other; more go on in a table below."""
_KEPT_TOGETHER = 14
"""A table of so few rows stands on one page with its sums."""


def put_counts(flow: Flow, counted: CountTable) -> None:
    """The table below its heading; one with many columns goes on below itself, and its sums close the last part."""
    if len(counted.lines) <= _KEPT_TOGETHER:
        flow.whole((len(counted.lines) + 4) * (DENSE.leading + 2 * DENSE.pad))
    flow.chapter(counted.title)
    starts = range(0, len(counted.columns), _MOST_COLUMNS)
    for start in starts:
        _part(flow, counted, slice(start, start + _MOST_COLUMNS), is_last=start == starts[-1])


def _part(flow: Flow, counted: CountTable, part: slice, *, is_last: bool) -> None:
    closing = _closing_heads(counted) if is_last else []
    heads = (Column(title, 1, Align.RIGHT) for title in (*counted.columns[part], *closing))
    columns = filling(flow, Column(counted.rows_are, _LABEL, _C, label=True), *heads)
    lines = counted.lines if not counted.lines else (*counted.lines, counted.total)
    ruled(flow, columns, (_row(counted, line, part, is_last=is_last) for line in lines), DENSE)


def _closing_heads(counted: CountTable) -> list[str]:
    share = [counted.share.title] if counted.share else []
    return [*(["계"] if counted.is_partition else []), *share]


def _row(counted: CountTable, line: CountLine, part: slice, *, is_last: bool) -> tuple[str, ...]:
    figures = [f"{count:,}" for count in line.counts[part]]
    if is_last and counted.is_partition:
        figures.append(f"{line.sum:,}")
    if is_last and counted.share:
        figures.append(share_words(counted.share.permille(line)))
    return (line.label, *figures)
