"""The closed lists of follow-ups: each value is stable in the database, each `label` is what people read."""

from __future__ import annotations

from app.core.labelled import Labelled


class ContactMode(Labelled):
    """How somebody was reached, or was not: seen, spoken to, absent and written to are four things."""

    FACE = "FACE", "방문-대면"
    ABSENT = "ABSENT", "방문-부재"
    CALL = "CALL", "전화-통화"
    NO_ANSWER = "NO_ANSWER", "전화-무응답"
    OFFICE = "OFFICE", "내방"
    TEXT = "TEXT", "문자"
    LETTER = "LETTER", "안내장"
    NEIGHBOUR = "NEIGHBOUR", "이웃·관리소 확인"


class Purpose(Labelled):
    """What a contact was for."""

    NURSING = "NURSING", "방문간호"
    WELFARE = "WELFARE", "복지"
    CHECK_IN = "CHECK_IN", "안부확인"
    JOINT = "JOINT", "공동방문"

    @property
    def counts_as(self) -> frozenset[Purpose]:
        """The purposes it serves: a joint visit is nursing and welfare as well."""
        if self is Purpose.JOINT:
            return frozenset({Purpose.JOINT, Purpose.NURSING, Purpose.WELFARE})
        return frozenset({self})


class RuleKind(Labelled):
    INTERVAL = "INTERVAL", "간격"
    QUOTA = "QUOTA", "기간 내 횟수"
    DEADLINE = "DEADLINE", "처리 기한"
    ONCE = "ONCE", "정한 날"
    AFTER_EVENT = "AFTER_EVENT", "사건 뒤 기한"


class Shift(Labelled):
    """Where a date goes that falls on a day off."""

    EARLIER = "EARLIER", "앞당김"
    LATER = "LATER", "미룸"
    NONE = "NONE", "그대로"


class Status(Labelled):
    DONE = "DONE", "완료"
    OVERDUE = "OVERDUE", "경과"
    DUE = "DUE", "오늘"
    OPEN = "OPEN", "시기 도래"
    UPCOMING = "UPCOMING", "예정"
    LATE_TARGET = "LATE_TARGET", "목표일 지남"


class Profession(Labelled):
    """Whose due it is."""

    NURSE = "NURSE", "방문간호사"
    WORKER = "WORKER", "복지담당"


class ReasonCode(Labelled):
    """What a line of a because is about."""

    RULE = "RULE", "규칙"
    COUNT = "COUNT", "횟수"
    LAST_CONTACT = "LAST_CONTACT", "마지막 접촉"
    NO_CONTACT = "NO_CONTACT", "접촉 없음"
    NEXT_WINDOW = "NEXT_WINDOW", "다음 기간"
    TARGET = "TARGET", "목표일"
    LIMIT = "LIMIT", "최종 기한"
    PROMISE = "PROMISE", "예정일"
    EVENT = "EVENT", "사건"
    SHIFTED = "SHIFTED", "휴일 조정"
    QUOTA_UNREACHABLE = "QUOTA_UNREACHABLE", "횟수 부족 예상"
    WINDOW_MISSED = "WINDOW_MISSED", "지난 기간 미달"
    CLOSED = "CLOSED", "마침"
    ENDED = "ENDED", "기준 종료"
    ABSENCE = "ABSENCE", "연속 부재"
    NEIGHBOUR_CHECK = "NEIGHBOUR_CHECK", "이웃 확인"
    RULING = "RULING", "팀장 판단"


class AbsenceVerdict(Labelled):
    """What a supervisor may decide about a household that nobody reaches."""

    JOINT_ENTRY = "JOINT_ENTRY", "112·119에 공동 출입 요청"
    VISIT_AGAIN = "VISIT_AGAIN", "오늘 다시 방문"
    KEEP_TRYING = "KEEP_TRYING", "날짜를 정해 다시 확인"
    LOCATED = "LOCATED", "소재 확인됨(입원·시설·가족 집 등)"


class HolidayKind(Labelled):
    """What a day is that a 시군구 adds to the public holidays."""

    TEMPORARY = "TEMPORARY", "임시공휴일"
    SUBSTITUTE = "SUBSTITUTE", "대체공휴일"
    ELECTION = "ELECTION", "선거일"
    LOCAL = "LOCAL", "지방 휴무일"
    AGENCY = "AGENCY", "기관 휴무일"


class LadderAction(Labelled):
    """What an absence asks for next."""

    ANOTHER_TIME = "ANOTHER_TIME", "다른 요일·시간대 재방문"
    CALL_AND_NEIGHBOUR = "CALL_AND_NEIGHBOUR", "전화와 이웃 확인"
    SUPERVISOR_DECIDES = "SUPERVISOR_DECIDES", "팀장 판단"
