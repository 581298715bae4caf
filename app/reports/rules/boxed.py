"""What the facts of all boxed forms have: their letterhead, what a box left empty says, and choices to tick.

An empty text is an empty box: on a filled form it says `empty`, on a blank one it has room to write in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.labelled import Labelled
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.values import Address, Age, PersonName, Phone
from app.reports.rules.visit_sheet import EmptyWord

BLANK = "blank"
"""The subject of every blank form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """The ground of the facts of a form."""

    letterhead: Letterhead
    subject: str
    """Which row this paper is of («plan:12»), or BLANK: by it the copies are counted."""
    empty: EmptyWord = EmptyWord.NONE
    is_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFacts:
    """A closed list as it stood when the paper was printed, and what of it was chosen."""

    options: tuple[str, ...]
    chosen: tuple[str, ...] = ()


def choice_of(options: Iterable[Labelled], *chosen: Labelled | None) -> ChoiceFacts:
    """The labels of a closed list with those of the chosen; None chooses nothing."""
    ticked = tuple(each.label for each in chosen if each is not None)
    return ChoiceFacts(options=tuple(each.label for each in options), chosen=ticked)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMemberFacts:
    """Somebody of the household."""

    name: PersonName
    relation: str
    sex: str
    age: Age


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHouseholdFacts:
    """Whose household a form is about; all empty on a blank one."""

    number: str = ""
    name: PersonName = ""
    address: Address = ""
    phone: Phone = ""
    household_type: str = ""
    benefits: tuple[str, ...] = ()
    risk: str = ""
    worker: str = ""
    """복지담당 and 방문간호사, by name."""
    nurse: str = ""
    members: tuple[FormMemberFacts, ...] = ()
    """Those who live there."""


@dataclass(frozen=True, slots=True)
class FormWishes:
    """How somebody wants a form: of which row, or blank, and what an empty box says."""

    subject: str
    empty: EmptyWord = EmptyWord.NONE

    @property
    def is_blank(self) -> bool:
        """Whether the form is to be written on by hand."""
        return self.subject == BLANK
