"""The words of care: the four kinds of what is done, and the five points of a medicine check. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.labelled import Labelled


class InterventionKind(Labelled):
    """The four kinds of the Omaha System."""

    TEACHING = "TEACHING", "교육·상담"
    TREATMENT = "TREATMENT", "처치"
    CASE_MANAGEMENT = "CASE_MANAGEMENT", "사례관리"
    SURVEILLANCE = "SURVEILLANCE", "관찰"


class ListAnswer(Labelled):
    """Whether the list of medicines still holds."""

    SAME = "SAME", "그대로 복용 중"
    CHANGED = "CHANGED", "바뀐 것이 있음"


class NamesKnown(Labelled):
    """Whether the person knows what the medicines are and what they are for."""

    ALL = "ALL", "모두 앎"
    SOME = "SOME", "일부만 앎"
    NONE = "NONE", "모름"


class Missed(Labelled):
    """How often medicine was missed in the last seven days."""

    NEVER = "0", "0번"
    FEW = "1-2", "1~2번"
    OFTEN = "3+", "3번 이상"
    UNKNOWN = "UNKNOWN", "모름"


class Left(Labelled):
    """Whether what is left fits the days that have passed."""

    FITS = "FITS", "맞음"
    MORE = "MORE", "많이 남음"
    LESS = "LESS", "모자람"
    UNSEEN = "UNSEEN", "못 봄"


class Doubles(Labelled):
    """Whether a medicine is taken twice over, or is somebody else's."""

    NONE = "NONE", "없음"
    DOUBLE = "DOUBLE", "중복"
    OTHERS = "OTHERS", "타인 약"
    BOTH = "BOTH", "둘 다"


class SideEffects(Labelled):
    """What may come from the medicines."""

    NONE = "NONE", "없음"
    SUSPECTED = "SUSPECTED", "의심됨"
    SEVERE = "SEVERE", "심함"


POINTS: Mapping[str, tuple[str, type[Labelled]]] = {
    "list": ("약 목록", ListAnswer),
    "names": ("약 이름", NamesKnown),
    "missed": ("지난 7일 거른 횟수", Missed),
    "left": ("남은 약", Left),
    "doubles": ("중복·타인 약", Doubles),
    "effects": ("부작용", SideEffects),
}
"""What a medicine check may answer, by the name it is stored under. The wording is our own: licensed scales
(MMAS) may not be put on a tablet."""

CONCERNS: Mapping[str, frozenset[str]] = {
    "names": frozenset({NamesKnown.NONE}),
    "missed": frozenset({Missed.OFTEN}),
    "left": frozenset({Left.MORE, Left.LESS}),
    "doubles": frozenset({Doubles.DOUBLE, Doubles.OTHERS, Doubles.BOTH}),
    "effects": frozenset({SideEffects.SUSPECTED, SideEffects.SEVERE}),
}
"""Answers somebody should look after, by point."""


class ChangeOf(Labelled):
    """What became of a medicine on the list."""

    STOPPED = "STOPPED", "먹지 않음"
    OTHERWISE = "OTHERWISE", "용량·용법 바뀜"


def is_concern(point: str, answer: str) -> bool:
    """Whether an answer to one of `POINTS` should be looked after."""
    return answer in CONCERNS.get(point, frozenset())


def answer_label(point: str, answer: str) -> str:
    """The Korean word of an answer; the answer itself when the list does not know it."""
    return next((each.label for each in POINTS[point][1] if each.value == answer), answer)
