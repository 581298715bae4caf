"""Typed numbers, as Korean keyboards and hurried thumbs write them. Nothing typed makes these raise."""

from __future__ import annotations

import re
from decimal import Decimal

from app.visits.rules.problems import Problem, refuse
from app.visits.rules.vital_kinds import Measure, MeterFlag

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ！～ to !~, so ０ to 0 and Ｈ to H
_POINTS = {ord(mark): "." for mark in "。｡·"}  # the full stops a Korean or Japanese layout gives
_SPACES = {ord(space): " " for space in "\u3000\u00a0\u2007\u202f\t"}
_PLAIN = _FULL_WIDTH | _POINTS | _SPACES

_NUMBER = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,3}))?")
_UNIT = re.compile(r"\s*(?:mmhg|mg/dl|회/분|회|℃|°c|도|%|kg|cm|점)$", re.IGNORECASE)
_FLAGS = {"LO": MeterFlag.LO, "LOW": MeterFlag.LO, "HI": MeterFlag.HI, "HIGH": MeterFlag.HI}
_LONGEST = 24  # longer than any number with its unit; nonsense is not worth a regular expression


def parse_number(typed: str, measure: Measure) -> Decimal | Problem:
    """The number in `typed` («３６，５», ' 36.5 ℃'), or a refusal; limits are checked by `check_reading`."""
    plain = _plain(typed)
    if not plain:
        return refuse("EMPTY", measure.field, f"{measure.label}: 값을 적어 주세요.")
    number = _number(_UNIT.sub("", plain)) if len(plain) <= _LONGEST else None
    return _not_a_number(typed, measure) if number is None else number


def parse_glucose(typed: str) -> Decimal | MeterFlag | Problem:
    """A glucose value in mg/dL, or the LO / HI a meter shows instead; else a refusal."""
    flag = _FLAGS.get(_plain(typed).upper()) if len(typed) <= _LONGEST else None
    return parse_number(typed, Measure.GLUCOSE) if flag is None else flag


def _plain(typed: str) -> str:
    return typed.translate(_PLAIN).strip()


def _number(plain: str) -> Decimal | None:
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    whole, fraction = match.groups()
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _not_a_number(typed: str, measure: Measure) -> Problem:
    message = f"{measure.label}: 숫자만 적어 주세요."
    return refuse("NOT_A_NUMBER", measure.field, message, value=typed[:_LONGEST])
