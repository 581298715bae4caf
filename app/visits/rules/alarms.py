"""The words of an alarm at the door: how loud, which symptoms, what must follow, what was done."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.labelled import Labelled


class Tone(Labelled):
    """How a value is coloured; always shown with its word and an icon."""

    OK = "ok", "보통"
    NOTICE = "notice", "살핌"
    WARN = "warn", "경고"
    DANGER = "danger", "위험"


class Symptom(Labelled):
    """What is asked when a reading is alarming; which ones belong to which alarm is versioned data."""

    CHEST_PAIN = "CHEST_PAIN", "가슴 통증"
    BREATHLESS = "BREATHLESS", "숨참"
    NEUROLOGICAL = "NEUROLOGICAL", "말 어눌함·한쪽 힘 빠짐"
    VISION = "VISION", "시야 이상"
    SEVERE_HEADACHE = "SEVERE_HEADACHE", "심한 두통"
    CONSCIOUSNESS = "CONSCIOUSNESS", "의식이 흐림"
    COLD_SWEAT = "COLD_SWEAT", "식은땀"
    TREMBLING = "TREMBLING", "손 떨림"
    DIZZINESS = "DIZZINESS", "어지러움"
    PALPITATION = "PALPITATION", "두근거림"
    HUNGER = "HUNGER", "심한 허기"
    THIRST = "THIRST", "심한 갈증·잦은 소변"
    VOMITING = "VOMITING", "구토"


class RequiredAction(Labelled):
    """What a judgement asks for. A pressing one may not be left without a word on what was done."""

    REMEASURE = "REMEASURE", "다시 재기"
    REMEASURE_AND_ASK = "REMEASURE_AND_ASK", "5분 뒤 다시 재고 증상 확인"
    RECHECK_IN_15_MINUTES = "RECHECK_IN_15_MINUTES", "증상을 묻고 15분 뒤 다시 재기"
    TREAT_LOW_GLUCOSE = "TREAT_LOW_GLUCOSE", "저혈당 대처"
    REFER_SAME_DAY = "REFER_SAME_DAY", "당일 진료 의뢰"
    CALL_119 = "CALL_119", "119 신고"

    @property
    def is_pressing(self) -> bool:
        """Whether what was done must be recorded before leaving."""
        return self not in (RequiredAction.REMEASURE, RequiredAction.RECHECK_IN_15_MINUTES)


class CrisisAction(Labelled):
    """What was done about an alarming reading."""

    CALLED_119 = "CALLED_119", "119 신고"
    REFERRED_SAME_DAY = "REFERRED_SAME_DAY", "당일 진료 의뢰"
    WENT_ALONG = "WENT_ALONG", "병원 동행"
    ASKED_DOCTOR = "ASKED_DOCTOR", "의사와 통화"
    GAVE_SUGAR = "GAVE_SUGAR", "당질 15g 섭취·재측정"
    TOLD_FAMILY = "TOLD_FAMILY", "보호자에게 알림"
    DECLINED = "DECLINED", "본인이 거부"
    NOT_TAKEN = "NOT_TAKEN", "조치하지 못함"
    OTHER = "OTHER", "기타"

    @property
    def needs_note(self) -> bool:
        """Whether a sentence must say why or what."""
        return self in (CrisisAction.DECLINED, CrisisAction.NOT_TAKEN, CrisisAction.OTHER)


@dataclass(frozen=True, slots=True)
class SymptomCheck:
    """The checklist gone through: no symptom in it means «없음 확인», no check at all means not asked.

    `member_id` None speaks for everybody seen.
    """

    member_id: int | None
    symptoms: frozenset[Symptom] = frozenset()


@dataclass(frozen=True, slots=True)
class ActionTaken:
    """What was done about an alarming reading; `member_id` None speaks for everybody seen."""

    member_id: int | None
    action: CrisisAction
    note: str = ""
