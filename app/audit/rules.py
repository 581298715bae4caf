"""The access log's vocabulary and its hash chain. Pure.

A row's hash covers the row and the hash before it, so that a changed, removed or inserted row breaks the chain
from there on. Chains are kept per centre: one nation-wide chain would make every page wait for every other.
Fields per 개인정보의 안전성 확보조치 기준 §2: who, when, from where, whose record, what was done (and why).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

GENESIS = "0" * 64


class Action(StrEnum):
    """What was done. The word in the list a reviewer reads."""

    SIGN_IN = "SIGN_IN"
    SIGN_IN_REFUSED = "SIGN_IN_REFUSED"
    SIGN_OUT = "SIGN_OUT"
    LIST = "LIST"
    SEARCH = "SEARCH"
    VIEW = "VIEW"
    CREATE = "CREATE"
    CHANGE = "CHANGE"
    CLOSE = "CLOSE"
    LOG_VISIT = "LOG_VISIT"
    CORRECT_VISIT = "CORRECT_VISIT"
    SAVE_DRAFT = "SAVE_DRAFT"
    ASSIGN = "ASSIGN"
    SET_TERM = "SET_TERM"
    IMPORT = "IMPORT"
    DECIDE = "DECIDE"
    PRINT = "PRINT"
    EXPORT = "EXPORT"
    ACCOUNT = "ACCOUNT"
    REVIEW_LOG = "REVIEW_LOG"
    PLAN_VISIT = "PLAN_VISIT"
    CHANGE_RULE = "CHANGE_RULE"
    CHANGE_HOLIDAY = "CHANGE_HOLIDAY"
    DECIDE_ABSENCE = "DECIDE_ABSENCE"
    CALENDAR_FEED = "CALENDAR_FEED"
    RUN_JOB = "RUN_JOB"
    PROTECTION = "PROTECTION"
    ASSESS = "ASSESS"
    OUTING = "OUTING"
    INCIDENT = "INCIDENT"
    CARE = "CARE"
    REGISTER = "REGISTER"
    ATTACH = "ATTACH"
    VOID_VISIT = "VOID_VISIT"
    MARK_ENTERED = "MARK_ENTERED"
    QUESTION = "QUESTION"
    TRIAGE = "TRIAGE"
    CASE = "CASE"
    NEEDS = "NEEDS"
    CONFERENCE = "CONFERENCE"
    PLAN = "PLAN"
    REFER = "REFER"
    CONSENT = "CONSENT"
    PROVIDER = "PROVIDER"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Action.SIGN_IN: "로그인",
    Action.SIGN_IN_REFUSED: "로그인 거절",
    Action.SIGN_OUT: "로그아웃",
    Action.LIST: "목록 조회",
    Action.SEARCH: "검색",
    Action.VIEW: "열람",
    Action.CREATE: "등록",
    Action.CHANGE: "수정",
    Action.CLOSE: "종결",
    Action.LOG_VISIT: "방문 기록",
    Action.CORRECT_VISIT: "방문 기록 정정",
    Action.SAVE_DRAFT: "임시 저장",
    Action.ASSIGN: "담당 지정",
    Action.SET_TERM: "관리 기준 변경",
    Action.IMPORT: "명단 가져오기",
    Action.DECIDE: "동일인 판단",
    Action.PRINT: "출력",
    Action.EXPORT: "내보내기",
    Action.ACCOUNT: "계정·권한 변경",
    Action.REVIEW_LOG: "접속기록 점검",
    Action.PLAN_VISIT: "방문 일정",
    Action.CHANGE_RULE: "규칙 변경",
    Action.CHANGE_HOLIDAY: "휴무일 변경",
    Action.DECIDE_ABSENCE: "부재 판단",
    Action.CALENDAR_FEED: "달력 구독",
    Action.RUN_JOB: "자동 작업 실행",
    Action.PROTECTION: "보호 조치",
    Action.ASSESS: "평가",
    Action.OUTING: "외근 확인",
    Action.INCIDENT: "안전사고",
    Action.CARE: "돌봄 기록",
    Action.REGISTER: "사업 등록·퇴록",
    Action.ATTACH: "첨부",
    Action.VOID_VISIT: "방문 기록 무효",
    Action.MARK_ENTERED: "입력 완료 표시",
    Action.QUESTION: "기록 확인 질문",
    Action.TRIAGE: "발굴 처리",
    Action.CASE: "사례",
    Action.NEEDS: "욕구 조사",
    Action.CONFERENCE: "사례회의",
    Action.PLAN: "서비스 계획",
    Action.REFER: "의뢰·회신",
    Action.CONSENT: "동의",
    Action.PROVIDER: "제공기관 목록",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says. The order of the fields is part of the hash and must not change."""

    chain: str
    position: int
    at: datetime
    actor_id: int | None
    address: str
    device: str
    request_id: str
    action: Action
    subject: str
    household_id: int | None
    row_count: int
    detail: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and what is wrong there."""

    chain: str
    position: int
    text: str


def entry_hash(entry: Entry, before: str) -> str:
    """SHA-256 in hex over the row and the hash before it; the moment counts, not the zone it was told in."""
    fields = [
        entry.chain, entry.position, entry.at.astimezone(UTC).isoformat(), entry.actor_id, entry.address, entry.device,
        entry.request_id, entry.action.value, entry.subject, entry.household_id, entry.row_count,
        entry.detail, entry.purpose,
    ]  # fmt: skip
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def find_breaks(
    rows: Iterable[tuple[Entry, str, str]], *, chain: str, begins_after: tuple[int, str] = (0, GENESIS),
    ends_at: tuple[int, str] | None,
) -> Iterator[Break]:  # fmt: skip
    """Name every row of one chain that was changed, taken out or put in.

    Args:
        rows: (entry, stored hash before, stored hash), in the order of their position.
        chain: the chain's name.
        begins_after: position and hash of the row before the first of `rows`; it is taken at its word.
        ends_at: position and hash that the chain's head remembers (a cut tail shows there), None without a head.
    """
    expected, before = begins_after[0] + 1, begins_after[1]
    for entry, stored_before, stored in rows:
        if entry.position != expected:
            yield Break(chain, expected, f"{expected}번 기록이 없습니다 (다음 기록: {entry.position}번)")
        elif stored_before != before:
            yield Break(chain, entry.position, f"{entry.position}번 기록이 앞 기록과 이어지지 않습니다")
        if entry_hash(entry, stored_before) != stored:
            yield Break(chain, entry.position, f"{entry.position}번 기록의 내용이 바뀌었습니다")
        expected, before = entry.position + 1, stored
    if ends_at is None:
        yield Break(chain, expected, "어디까지 있어야 하는지 적은 행이 없습니다")
    elif (expected - 1, before) != ends_at:
        yield Break(chain, expected, f"끝이 맞지 않습니다: {ends_at[0]}번까지 있어야 합니다")
