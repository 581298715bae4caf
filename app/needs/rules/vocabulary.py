"""The words of needs. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class NeedLevel(Labelled):
    """How much is needed. Our own four steps: no official scale was found."""

    NONE = "NONE", "없음"
    WATCH = "WATCH", "관찰"
    NEEDED = "NEEDED", "필요"
    URGENT = "URGENT", "긴급"

    @property
    def severity(self) -> int:
        """0 for «없음» to 3 for «긴급»."""
        return list(NeedLevel).index(self)

    @property
    def is_needed(self) -> bool:
        """At least «필요»: something is to be done about it."""
        return self.severity >= NeedLevel.NEEDED.severity


class NeedHouseholdType(Labelled):
    """The types of household that counts of needs tell apart (SSIS 2012–2015: 독거노인, 한부모, 청장년 1인 are its own)."""

    SINGLE_ELDER = "SINGLE_ELDER", "독거노인"
    SINGLE_ADULT = "SINGLE_ADULT", "청장년 1인"
    SINGLE_PARENT = "SINGLE_PARENT", "한부모"
    ELDER_COUPLE = "ELDER_COUPLE", "노인부부"
    SKIP_GEN = "SKIP_GEN", "조손"
    DISABLED = "DISABLED", "장애인"
    MULTICULTURAL = "MULTICULTURAL", "다문화"
    GENERAL_FAMILY = "GENERAL_FAMILY", "부부중심"
    TEEN_HEAD = "TEEN_HEAD", "소년소녀가정"
    OTHER = "OTHER", "기타"
