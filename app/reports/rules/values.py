"""What a text in the facts holds, said in its type, so that masking needs no list of field names."""

from __future__ import annotations

from dataclasses import is_dataclass
from enum import Enum, auto
from typing import Annotated, Any


class Holds(Enum):
    """The kind of thing a masked field holds. A field without one is printed as it is at every level."""

    NAME = auto()
    PHONE = auto()
    ADDRESS = auto()
    BIRTH = auto()
    AGE = auto()
    PROSE = auto()
    """Written by a person, so anything may stand in it."""
    SENTENCE = auto()
    """Written by the program out of the facts («김순자 님 정기관리군 …»)."""


PersonName = Annotated[str, Holds.NAME]
"""A client's name. The names of staff are plain texts: they sign for what they did."""
Phone = Annotated[str, Holds.PHONE]
Address = Annotated[str, Holds.ADDRESS]
BirthDate = Annotated[str, Holds.BIRTH]
"""As printed, beginning with the year of four figures: «1941-03-02»."""
Age = Annotated[str, Holds.AGE]
"""As printed: «85세»."""
Prose = Annotated[str, Holds.PROSE]
Sentence = Annotated[str, Holds.SENTENCE]


def is_record(value: Any) -> bool:
    """Whether `value` is a dataclass of facts, or the class of one."""
    return is_dataclass(value)
