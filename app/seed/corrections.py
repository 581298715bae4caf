"""A handful of records that were put right afterwards: a slip of the finger, something left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from .dice import shuffled, stream
from .shapes import CorrectionPlan, VisitPlan

_LEFT_OUT = (
    ("welfare_note", "통화 내용을 빠뜨림", "덧붙임: 다음 날 가족이 전화하여 같은 내용을 확인함."),
    ("welfare_note", "담당 부서를 잘못 적음", "바로잡음: 신청은 주민복지과가 아니라 통합조사관리팀에서 함."),
    ("nursing_note", "교육 내용을 빠뜨림", "덧붙임: 저녁 약 드시는 때를 글로 적어 드림."),
)


def correct_some(seed: int, visits: Sequence[VisitPlan], until: datetime) -> tuple[CorrectionPlan, ...]:
    """Corrections of four visits, one of them of vitals, each made some days later and before `until`."""
    rng = stream(seed, "corrections")
    old_enough = [v for v in visits if v.mode == "FACE" and v.typed_at + timedelta(days=9) < until]
    order = shuffled(rng, old_enough)
    makers: list[Callable[[Random, VisitPlan], CorrectionPlan | None]] = [_swapped_pulse]
    makers += [_addition(*row) for row in _LEFT_OUT]
    chosen: dict[object, CorrectionPlan] = {}
    for make in makers:
        made = (make(rng, visit) for visit in order if visit.id not in chosen)
        correction = next((c for c in made if c), None)
        if correction:
            chosen[correction.visit] = correction
    return tuple(sorted(chosen.values(), key=lambda c: c.corrected_at))


def _addition(field: str, reason: str, text: str) -> Callable[[Random, VisitPlan], CorrectionPlan | None]:
    def make(rng: Random, visit: VisitPlan) -> CorrectionPlan | None:
        note = visit.welfare_note if field == "welfare_note" else visit.nursing_note
        if not note or visit.crisis:
            return None
        bare = CorrectionPlan(visit.id, _later(rng, visit), visit.by, reason)
        if field == "welfare_note":
            return replace(bare, welfare_note=f"{note} {text}")
        return replace(bare, nursing_note=f"{note} {text}")

    return make


def _swapped_pulse(rng: Random, visit: VisitPlan) -> CorrectionPlan | None:
    """The pulse was typed with its digits the wrong way round; the correction has them right, in the note too."""
    if not visit.vitals or visit.crisis:
        return None
    wrong = visit.vitals[0].pulse
    right = int(str(wrong)[::-1]) if wrong and wrong < 100 else None
    if wrong is None or right is None or right == wrong or not 54 <= right <= 99:
        return None
    vitals = (replace(visit.vitals[0], pulse=right), *visit.vitals[1:])
    note = visit.nursing_note.replace(f"맥박 {wrong}회", f"맥박 {right}회")
    reason = "맥박 숫자를 바꾸어 적음"
    return CorrectionPlan(visit.id, _later(rng, visit), visit.by, reason, nursing_note=note, vitals=vitals)


def _later(rng: Random, visit: VisitPlan) -> datetime:
    day = visit.typed_at + timedelta(days=rng.randint(1, 3))
    return day.replace(hour=rng.randint(9, 16), minute=rng.randint(0, 59))
