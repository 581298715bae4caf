"""Tables of counts as papers carry them: rows down, columns across, and the sums counted from the rows printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """One row: a centre, a member of the staff, a domain, with a count under each heading."""

    label: str
    counts: tuple[int, ...]

    @property
    def sum(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountShare:
    """A column that says how much of one column another is: «처리율»."""

    title: str
    part: int
    """Place of the column that is the part, from 0."""
    whole: int

    def permille(self, line: CountLine) -> int | None:
        """Thousandths, rounded down so that 1000 means all; None where there is nothing to be a part of."""
        whole = line.counts[self.whole]
        return line.counts[self.part] * 1000 // whole if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """Every line has as many counts as there are columns."""

    title: str
    rows_are: str
    """Heading of the first column: «센터»."""
    columns: tuple[str, ...]
    lines: tuple[CountLine, ...]
    is_partition: bool = False
    """Each thing is in one column only, so a sum across says how many things there are."""
    share: CountShare | None = None

    @property
    def total(self) -> CountLine:
        """The sums of the columns."""
        sums = (sum(line.counts[at] for line in self.lines) for at in range(len(self.columns)))
        return CountLine(label="합계", counts=tuple(sums))


def share_words(permille: int | None) -> str:
    """«66.7 %»; «–» where there is nothing to be a part of."""
    return "–" if permille is None else f"{permille // 10}.{permille % 10} %"
