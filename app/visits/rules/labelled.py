"""A closed list that carries its Korean words."""

from __future__ import annotations

from enum import StrEnum


class Labelled(StrEnum):
    """A StrEnum whose members are written `NAME = "STORED_VALUE", "화면에 쓰는 말"`."""

    label: str

    # The default is for type checkers: to them, looking a member up by its value is a call with one argument.
    def __new__(cls, value: str, label: str = "") -> Labelled:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
