"""Why and when a job runs, and what becomes of a period nobody was there for. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.clock import korean_date
from app.core.labelled import Labelled

ON_TIME = timedelta(minutes=1)
"""A period begun within this time was not missed: another process needs a few seconds to take over."""
MOST_CLAIMS = 3
"""How often one run is taken up. A job that kills its process must not kill one process after the other."""
SEEN_WITHIN = timedelta(seconds=30)
"""A leader not heard of for longer leads no more (it writes every few seconds; SQLite may make it wait)."""
RUNS_KEPT = timedelta(days=90)
EMPTY_RUNS_KEPT = timedelta(days=3)
"""A run that ended well and touched nothing says little after that: some jobs look every minute."""
ADVICE = {
    "DatabaseDamaged": "자료 파일에 손상이 있습니다. 입력을 멈추고 서버 담당자에게 바로 알려 예비본을 지키게 해 주세요.",
    "AccessLogBroken": "접속기록이 바뀌었거나 빠졌습니다. 개인정보 보호담당에게 알리고, 서버에서 «outreach verify-log»를 실행해 주세요.",
    "TakenUpTooOften": "여러 번 이어받았지만 끝내지 못했습니다. 서버의 메모리와 기록을 살펴본 뒤 «지금 실행»을 눌러 주세요.",
    "MailServerSilent": "메일 서버와 이어지지 않습니다. 서버가 켜져 있는지, OUTREACH_SMTP_URL이 맞는지 확인해 주세요. 못 보낸 메일은 이어지면 보냅니다.",
    "MailServerRefusal": "메일 서버가 들여보내지 않습니다. OUTREACH_SMTP_URL의 아이디와 비밀번호를 확인해 주세요. 못 보낸 메일은 고치면 보냅니다.",
    "MailServerUntrusted": "메일 서버의 인증서를 믿을 수 없습니다. 서버 이름과 인증서를 확인해 주세요. 못 보낸 메일은 고치면 보냅니다.",
    "EscalationError": "escalation.json을 쓸 수 없습니다. 서버에서 고치거나 지운 뒤 «지금 실행»을 눌러 주세요.",
    "OperationalError": "데이터베이스가 바쁘거나 답하지 않았습니다. 잠시 뒤 «지금 실행»을 눌러 주세요.",
}
"""What to do about an error, by its name."""
ANY_ERROR = "하던 일은 모두 되돌렸습니다. 서버 기록에서 까닭을 찾아 고친 뒤 «지금 실행»을 눌러 주세요."
DAYS = {"mon": "월", "tue": "화", "wed": "수", "thu": "목", "fri": "금", "sat": "토", "sun": "일"}


class Cause(Labelled):
    """What let a run begin."""

    TIMETABLE = "TIMETABLE", "시간표"
    CATCH_UP = "CATCH_UP", "밀린 실행"
    BY_HAND = "BY_HAND", "지금 실행"


class CatchUp(Labelled):
    """What becomes of periods that went by while nobody led. Never is more than one of them made up for."""

    NEWEST = "NEWEST", "쉬는 동안 놓친 것은 가장 최근 것만 한 번 실행합니다."
    SAME_DAY = "SAME_DAY", "그날 안이면 늦게라도 실행하고, 날이 바뀌면 건너뜁니다."
    SKIP = "SKIP", "놓친 것은 건너뛰고 다음 차례에 실행합니다."


class RunState(Labelled):
    """How far a run has come."""

    WAITING = "WAITING", "기다리는 중"
    RUNNING = "RUNNING", "실행 중"
    DONE = "DONE", "마침"
    FAILED = "FAILED", "실패"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The period to run next, and why."""

    scheduled_for: datetime
    cause: Cause


def choose_period(periods: Sequence[datetime], *, catches_up: CatchUp, now: datetime) -> Chosen | None:
    """Which of these periods, which nobody has begun, is run next; None when none is.

    What fell due within ON_TIME is run period by period, oldest first: nothing is lost while another process takes
    over. Of older ones the newest alone is made up for, as far as `catches_up` lets it.

    Args:
        periods: moments in rising order, none of them after `now`.
    """
    on_time = [period for period in periods if now - period <= ON_TIME]
    if on_time:
        return Chosen(on_time[0], Cause.TIMETABLE)
    if periods and _is_worth_it(periods[-1], catches_up, now):
        return Chosen(periods[-1], Cause.CATCH_UP)
    return None


def _is_worth_it(period: datetime, catches_up: CatchUp, now: datetime) -> bool:
    if catches_up is CatchUp.SAME_DAY:
        return korean_date(period) == korean_date(now)
    return catches_up is CatchUp.NEWEST


def is_led(seen_at: datetime | None, now: datetime) -> bool:
    """Whether somebody leads, by the last sign of life; one from the future is no better than an old one."""
    return seen_at is not None and abs(now - seen_at) <= SEEN_WITHIN


def in_words(cron: str) -> str:
    """«매일 00:10», «5분마다», «매주 월요일 07:00»: a line of the timetable as people say it; else the line itself."""
    minute, hour, day, month, weekday = cron.split()[-5:]
    days = _days_in_words(day, weekday)
    if not days or month != "*":
        return cron
    if minute.isdigit() and hour.isdigit():
        return f"{days} {int(hour):02}:{int(minute):02}"
    hours = "" if hour == "*" else f"{hour.replace('-', '∼')}시"
    return " ".join(filter(None, ("" if days == "매일" else days, hours, _minutes_in_words(minute))))


def _minutes_in_words(minute: str) -> str:
    if minute.isdigit():
        return f"매시 {minute}분" if int(minute) else "정각마다"
    return f"{minute.removeprefix('*').removeprefix('/') or 1}분마다"


def _days_in_words(day: str, weekday: str) -> str:
    if (day, weekday) == ("*", "*"):
        return "매일"
    if day.isdigit() and weekday == "*":
        return f"매월 {day}일"
    names = [DAYS.get(name) for name in weekday.split("-")]
    if day != "*" or None in names:
        return ""
    return f"매주 {names[0]}요일" if len(names) == 1 else f"{names[0]}∼{names[1]}요일"


def in_minutes(spent: timedelta) -> str:
    """«0.4초», «12초», «3분 5초»: how long something took; as good as nothing when the clock was set back meanwhile."""
    seconds = spent.total_seconds()
    if seconds < 0.1:
        return "0.1초 미만"
    if seconds < 10:
        return f"{seconds:.1f}초"
    minutes, rest = divmod(int(seconds), 60)
    return " ".join(filter(None, (f"{minutes}분" if minutes else "", f"{rest}초" if rest else "")))


def advise(error: str) -> str:
    """What an administrator does about an error of this name."""
    return ADVICE.get(error, ANY_ERROR)
