"""A form on a flow: numbered blocks of boxes, lists with a head, and the boxes to sign in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from app.reports.documents.boxes.signing import Signer, put_signing
from app.reports.documents.flow import Flow
from app.reports.documents.tables import FOR_HAND, Align, Column, Columns, Style, Table, filling, ruled, table
from app.reports.rules.boxed import ChoiceFacts, FormFacts
from app.reports.rules.wording import NONE

TYPED = Style(size=9.0, leading=13.0, pad=3.2)
BY_HAND = Style(size=9.0, leading=14.0, pad=4.4)
"""Room for a pen: a box of one line is 23 points high."""
_LABEL = Column("", 25, Align.CENTRE, label=True)
_TICKED, _UNTICKED = "■", "□"


class Rows:
    """The rows of one block; a box that has nothing to say says the form's word for it."""

    def __init__(self, opened: Table, flow: Flow, *, empty: str, by_hand: bool) -> None:
        self._table = opened
        self._flow = flow
        self._by_hand = by_hand
        half = Column("", 63, empty=empty)
        self._halves = filling(flow, _LABEL, half, _LABEL, half)
        self._whole = filling(flow, _LABEL, Column("", 151, empty=empty))

    def pair(self, label: str, value: str, other_label: str, other: str) -> None:
        """Two boxes side by side."""
        self._table.row((label, value, other_label, other), self._halves)

    def wide(self, label: str, value: str) -> None:
        """One box across the sheet."""
        self._table.row((label, value), self._whole)

    def prose(self, label: str, value: str, *, lines: int = 3) -> None:
        """What somebody wrote, over as many pages as it needs; by hand so many empty lines."""
        if not self._by_hand or value.strip():
            self.wide(label, value)
            return
        room = Column("", 151, empty="\n".join([FOR_HAND] * lines))
        self._table.row((label, ""), filling(self._flow, _LABEL, room))

    def choice(self, label: str, chosen: ChoiceFacts) -> None:
        """All there is to choose from, with what was chosen ticked."""
        self.wide(label, ticks(chosen))


class BoxedForm:
    """An official form; `by_hand` draws it empty, to be written on."""

    def __init__(self, flow: Flow, *, empty: str = NONE, by_hand: bool = False) -> None:
        self.flow = flow
        self.by_hand = by_hand
        self.empty = FOR_HAND if by_hand else empty
        self.style = BY_HAND if by_hand else TYPED

    @contextmanager
    def block(self, title: str) -> Iterator[Rows]:
        """A numbered block of boxes; without a title it goes on below the one before."""
        if title:
            self.flow.chapter(title)
        columns = filling(self.flow, _LABEL, Column("", 151, empty=self.empty))
        with table(self.flow, columns, self.style, headed=False) as opened:
            yield Rows(opened, self.flow, empty=self.empty, by_hand=self.by_hand)

    def listing(self, title: str, columns: Columns, rows: Iterable[Sequence[str]], *, hand_rows: int = 3) -> None:
        """A numbered list whose head stands again on every page; by hand so many empty rows."""
        if title:
            self.flow.chapter(title)
        shown = filling(self.flow, *(self._of_form(each) for each in columns))
        ruled(self.flow, shown, [[FOR_HAND] * len(columns)] * hand_rows if self.by_hand else rows, self.style)

    def signing(self, signers: Sequence[Signer], *, title: str = "확인") -> None:
        """Boxes to sign in, one or two side by side; a signature that was drawn stands in its box."""
        if title:
            self.flow.chapter(title)
        put_signing(self.flow, signers, by_hand=self.by_hand)

    def remark(self, text: str) -> None:
        """A line in small type below what was put last."""
        self.flow.note(f"※ {text}")

    def _of_form(self, column: Column) -> Column:
        """A column in which an empty cell says the form's word, unless it has a word of its own; by hand none has."""
        own_word = column.empty != NONE and not self.by_hand
        return column if own_word else replace(column, empty=self.empty)


def form_of(flow: Flow, facts: FormFacts) -> BoxedForm:
    """The form on which these facts go: filled in, or blank."""
    return BoxedForm(flow, empty=facts.empty.label, by_hand=facts.is_blank)


def ticks(chosen: ChoiceFacts) -> str:
    """«■ 내방  □ 전화»: each word keeps together with its box."""
    words = (
        f"{_TICKED if word in chosen.chosen else _UNTICKED}\N{NO-BREAK SPACE}{_kept(word)}" for word in chosen.options
    )
    return "   ".join(words)


def _kept(word: str) -> str:
    return word.replace(" ", "\N{NO-BREAK SPACE}")
