"""The closed lists of the discovery import: columns, outcomes, reasons, degrees of likeness.

Their values are stored.
"""

from __future__ import annotations

from app.core.labelled import Labelled


class ListColumn(Labelled):
    """What a column of a discovery list holds."""

    NUMBER = "NUMBER", "연번"
    NAME = "NAME", "성명"
    BIRTH = "BIRTH", "생년월일"
    SEX = "SEX", "성별"
    PHONE = "PHONE", "전화번호"
    DONG = "DONG", "행정동"
    ROAD_ADDRESS = "ROAD_ADDRESS", "도로명주소"
    LOT_ADDRESS = "LOT_ADDRESS", "지번주소"
    UNIT = "UNIT", "상세주소"
    CRISES = "CRISES", "위기정보"
    MONTHS = "MONTHS", "체납개월수"
    PREVIOUS = "PREVIOUS", "이전발굴횟수"
    NOTE = "NOTE", "비고"


class ProblemReason(Labelled):
    """Why a row comes back to be put right. The words of the «고칠 행» file."""

    BIRTH = "BIRTH", "생년월일 오류"
    NO_NAME = "NO_NAME", "성명 없음"
    DONG = "DONG", "알 수 없는 행정동"
    MONTHS = "MONTHS", "체납개월수 오류"
    CRISES = "CRISES", "알 수 없는 위기정보"


class RowOutcome(Labelled):
    """What becomes of a person's row. Every such row has exactly one."""

    NEW = "NEW", "새로 담음"
    JOINED = "JOINED", "같은 사람에 합침"
    HELD = "HELD", "확인할 사람"
    BAD = "BAD", "고칠 행"


class SkippedLine(Labelled):
    """A line below the heading that is nobody's."""

    EMPTY = "EMPTY", "빈 줄"
    TOTAL = "TOTAL", "합계 줄"
    HEADING = "HEADING", "되풀이된 제목 줄"
    REMARK = "REMARK", "안내 줄"


class Trait(Labelled):
    """What two persons are compared by."""

    NAME = "NAME", "이름"
    BIRTH = "BIRTH", "생년월일"
    PHONE = "PHONE", "전화"
    ADDRESS = "ADDRESS", "주소"
    SEX = "SEX", "성별"
    """Told only when both sides say it and it differs."""


class Agreement(Labelled):
    """How one trait compares; missing when either side does not say."""

    SAME = "SAME", "일치"
    SIMILAR = "SIMILAR", "비슷함"
    """A name or birth date one slip away, a birth year alone, the same building without the flat."""
    DIFFERENT = "DIFFERENT", "다름"
    MISSING = "MISSING", "없음"


class MatchDegree(Labelled):
    """How surely two entries are one person."""

    EXACT = "EXACT", "같은 사람"
    LIKELY = "LIKELY", "같은 사람일 수 있음"
    NEW = "NEW", "다른 사람"


class ItemState(Labelled):
    """Where somebody who is to be found and answered stands."""

    OPEN = "OPEN", "미처리"
    CLAIMED = "CLAIMED", "처리 중"
    ASKED = "ASKED", "결재 기다림"
    CLOSED = "CLOSED", "처리함"


class ItemOutcome(Labelled):
    """What became of it: a closed list. Each says which contact it needs, see `rules.outcomes`."""

    PUBLIC_BASIC = "PUBLIC_BASIC", "공공급여 연계: 기초생활보장"
    PUBLIC_NEAR_POOR = "PUBLIC_NEAR_POOR", "공공급여 연계: 차상위"
    PUBLIC_EMERGENCY = "PUBLIC_EMERGENCY", "공공급여 연계: 긴급복지"
    PUBLIC_OTHER = "PUBLIC_OTHER", "공공급여 연계: 기타"
    PRIVATE = "PRIVATE", "민간서비스 연계"
    CASE = "CASE", "사례관리 전환"
    MONITOR = "MONITOR", "정기 모니터링"
    ALREADY = "ALREADY", "이미 지원 중"
    NO_NEED = "NO_NEED", "지원 불필요"
    REFUSED = "REFUSED", "거부"
    UNREACHED = "UNREACHED", "연락두절"
    NOT_FOUND = "NOT_FOUND", "소재미확인"
    MOVED = "MOVED", "전출(이관)"
    AWAY = "AWAY", "장기입원·출타"
    DIED = "DIED", "사망"
    UNFOUNDED = "UNFOUNDED", "사실이 아닌 신고"
