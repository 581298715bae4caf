"""Passwords, lockout and time-outs, as decided in the security design. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access.permissions import Role

IDLE_IN_THE_FIELD = timedelta(minutes=15)
IDLE_IN_THE_OFFICE = timedelta(minutes=10)
LONGEST_SESSION = timedelta(hours=8)
SHORTEST_PASSWORD = 15
"""Fifteen while there is no second factor (ASVS 6.2)."""
LONGEST_PASSWORD = 128
SESSIONS_KEPT = timedelta(days=90)
"""How long address and device of a session that is over are kept; the access log keeps its own."""
LOCK_WINDOW = timedelta(minutes=10)
FAILURES_PER_ACCOUNT_AND_ADDRESS = 5
FAILURES_PER_ACCOUNT = 15
LONGEST_ADDRESS = 254
_MAIL_ADDRESS = re.compile(
    r"(?=.{3,254}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
COMMON_PARTS = (
    "password",
    "비밀번호",
    "qwerty",
    "12345678",
    "가람동",
    "나래동",
    "다솜동",
    "행정복지센터",
    "주민센터",
)


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong passwords within the lock window."""

    from_this_address: int
    from_anywhere: int


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """A new account as the administrator gives it."""

    login: str
    name: str
    role: Role
    centre_id: int | None = None
    phone: str = ""
    email: str = ""


def idle_limit(role: Role) -> timedelta:
    """How long a session may lie untouched: 15 minutes in the field, 10 at a desk."""
    return IDLE_IN_THE_FIELD if role in (Role.WORKER, Role.NURSE) else IDLE_IN_THE_OFFICE


def ends_at(role: Role, *, created_at: datetime, seen_at: datetime) -> datetime:
    """When a session ends if nothing more happens: idle limit or eight hours, whichever is first."""
    return min(seen_at + idle_limit(role), created_at + LONGEST_SESSION)


def is_locked(failures: Failures) -> bool:
    """Whether another try is refused for now, right password or not."""
    return (
        failures.from_this_address >= FAILURES_PER_ACCOUNT_AND_ADDRESS or failures.from_anywhere >= FAILURES_PER_ACCOUNT
    )


def password_problem(password: str, *, login: str) -> str | None:
    """Why a new password is refused, in Korean; None when it is good. No composition rules (ASVS 6.2.5)."""
    password = unicodedata.normalize("NFC", password)
    folded = password.casefold()
    if len(password) < SHORTEST_PASSWORD:
        return f"{SHORTEST_PASSWORD}자 이상으로 정해 주세요. 짧은 문장이 외우기 쉽습니다."
    if len(password) > LONGEST_PASSWORD:
        return f"{LONGEST_PASSWORD}자 이하로 정해 주세요."
    if login.casefold() in folded:
        return "아이디가 들어 있지 않아야 합니다."
    if len(set(folded)) < 6 or any(part in folded for part in COMMON_PARTS):
        return "쉽게 짐작할 수 있는 비밀번호입니다. 다른 것으로 정해 주세요."
    return None


def address_problem(address: str) -> str | None:
    """Why a mail address is refused, in Korean; None when it is good, or empty: nobody must have one.

    The plain form that every mail server takes: Latin letters, no quotes, a name with a dot in it after the @.
    """
    if not address or _MAIL_ADDRESS.fullmatch(address):
        return None
    if len(address) > LONGEST_ADDRESS:
        return f"메일 주소는 {LONGEST_ADDRESS}자까지 쓸 수 있습니다."
    return "메일 주소를 name@korea.kr처럼 영문과 숫자로 적어 주세요."
