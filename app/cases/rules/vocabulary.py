"""The words of a case. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class CaseStage(Labelled):
    """Where a case stands. Order and names as several 시군구 publish them; see the table of moves."""

    INTAKE = "INTAKE", "접수"
    ASSESSMENT = "ASSESSMENT", "욕구·위기도 조사"
    CONFERENCE = "CONFERENCE", "사례회의"
    CLASSIFIED = "CLASSIFIED", "구분·선정"
    PLAN = "PLAN", "계획"
    SERVICE = "SERVICE", "제공·점검"
    CLOSED = "CLOSED", "종결"
    AFTERCARE = "AFTERCARE", "사후관리"
    ENDED = "ENDED", "끝남"


class CaseClass(Labelled):
    """What a household was found to need. A 시군구 may add tags of its own, never classes."""

    GENERAL = "GENERAL", "사례관리(일반)"
    COMPLEX = "COMPLEX", "사례관리(고난도)"
    LINKAGE = "LINKAGE", "서비스연계"
    NOT_SELECTED = "NOT_SELECTED", "미선정"


class ApprovalKind(Labelled):
    """What a supervisor approves."""

    PLAN = "PLAN", "서비스 제공계획"
    CLOSURE = "CLOSURE", "종결"


class Verdict(Labelled):
    """What became of it."""

    APPROVED = "APPROVED", "승인"
    SENT_BACK = "SENT_BACK", "돌려보냄"


class CounsellingWay(Labelled):
    """How the first talk was held."""

    VISIT = "VISIT", "방문"
    OFFICE = "OFFICE", "내방"
    CALL = "CALL", "전화"
