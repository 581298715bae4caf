"""The closed lists of a household, and what follows from them alone."""

from __future__ import annotations

from datetime import date

from app.core.labelled import Labelled

NAME_UNKNOWN = "이름 모름"
"""What stands in place of a name that nobody knows yet."""
LONG_UNSEEN_DAYS = 90
"""Over so many days without a face-to-face contact a household is «오래 못 만난 가구»."""


class Sex(Labelled):
    FEMALE = "FEMALE", "여"
    MALE = "MALE", "남"


class Relation(Labelled):
    """To the head of the household (세대주)."""

    HEAD = "HEAD", "세대주"
    SPOUSE = "SPOUSE", "배우자"
    CHILD = "CHILD", "자녀"
    PARENT = "PARENT", "부모"
    GRANDCHILD = "GRANDCHILD", "손자녀"
    SIBLING = "SIBLING", "형제자매"
    OTHER = "OTHER", "기타"


class HouseholdType(Labelled):
    SINGLE = "SINGLE", "1인 가구"
    COUPLE = "COUPLE", "부부"
    SINGLE_PARENT = "SINGLE_PARENT", "한부모"
    GRANDPARENT = "GRANDPARENT", "조손"
    MULTICULTURAL = "MULTICULTURAL", "다문화"
    FAMILY = "FAMILY", "일반 가족"
    OTHER = "OTHER", "기타"


class Benefit(Labelled):
    """수급 유형; a household may have several."""

    LIVELIHOOD = "LIVELIHOOD", "생계급여"
    MEDICAL = "MEDICAL", "의료급여"
    HOUSING = "HOUSING", "주거급여"
    EDUCATION = "EDUCATION", "교육급여"
    NEAR_POOR = "NEAR_POOR", "차상위"
    BASIC_PENSION = "BASIC_PENSION", "기초연금"
    DISABILITY = "DISABILITY", "장애인연금·수당"
    EMERGENCY = "EMERGENCY", "긴급복지"
    NONE = "NONE", "비수급"


class Risk(Labelled):
    """A person's judgement of how near harm is; each change has a reason."""

    HIGH = "HIGH", "고위험"
    MEDIUM = "MEDIUM", "중위험"
    LOW = "LOW", "저위험"
    NONE = "NONE", "일반"


class Dwelling(Labelled):
    DETACHED = "DETACHED", "단독주택"
    MULTIPLEX = "MULTIPLEX", "다가구·빌라"
    APARTMENT = "APARTMENT", "아파트"
    PUBLIC_RENTAL = "PUBLIC_RENTAL", "공공임대"
    SEMI_BASEMENT = "SEMI_BASEMENT", "반지하"
    ROOFTOP = "ROOFTOP", "옥탑방"
    GOSIWON = "GOSIWON", "고시원·쪽방"
    OTHER = "OTHER", "기타"


class HouseholdStatus(Labelled):
    ACTIVE = "ACTIVE", "관리 중"
    CLOSED = "CLOSED", "종료"


class ClosureReason(Labelled):
    """Why a household is no longer looked after."""

    MOVED = "MOVED", "전출"
    DIED = "DIED", "사망"
    FACILITY = "FACILITY", "시설 입소"
    IMPROVED = "IMPROVED", "상황 호전"
    REFUSED = "REFUSED", "거절·포기"
    OTHER = "OTHER", "기타"


class HealthGround(Labelled):
    """On what ground health detail is shared outside nursing (민감정보). Empty means: not shared."""

    CONSENT = "CONSENT", "본인 동의"
    PROXY_CONSENT = "PROXY_CONSENT", "법정대리인 동의"
    VITAL_INTEREST = "VITAL_INTEREST", "급박한 생명·신체 이익"


class FlagKind(Labelled):
    """Safety flags (안전 표시) of a household or dwelling."""

    VIOLENCE = "VIOLENCE", "폭력"
    WEAPON = "WEAPON", "흉기"
    ALCOHOL = "ALCOHOL", "음주"
    ACUTE_PSYCHIATRIC = "ACUTE_PSYCHIATRIC", "급성 정신증상"
    SEXUAL = "SEXUAL", "성범죄 우려"
    LARGE_DOG = "LARGE_DOG", "대형견"
    INFECTION = "INFECTION", "감염"
    HOARDING_FIRE = "HOARDING_FIRE", "저장강박·화재"
    REMOTE = "REMOTE", "외딴 곳"
    HARASSMENT = "HARASSMENT", "괴롭힘"


class FlagRule(Labelled):
    """How a flagged household may be visited, from mild to strict."""

    SOLO = "SOLO", "단독 가능"
    PAIR = "PAIR", "2인 필수"
    POLICE = "POLICE", "경찰 동행"
    NO_VISIT = "NO_VISIT", "방문 금지(내방·전화)"


STRICTNESS = {rule: rank for rank, rule in enumerate(FlagRule)}


def age_on(today: date, *, birth_on: date | None, birth_year: int | None = None) -> int | None:
    """만 나이 in years on `today`; from the year alone it may be one too high; None when neither is known."""
    if birth_on is not None:
        return today.year - birth_on.year - ((today.month, today.day) < (birth_on.month, birth_on.day))
    return None if birth_year is None else today.year - birth_year


def strictest(rules: list[FlagRule]) -> FlagRule | None:
    """The rule a visitor must follow when several flags stand: the strictest one."""
    return max(rules, key=STRICTNESS.__getitem__, default=None)


def is_review_due(review_on: date, *, today: date) -> bool:
    """Whether a flag must be looked at again: from its review date on."""
    return today >= review_on
