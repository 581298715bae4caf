"""The Korean sentences of a because. Nothing here may change from one day to the next by itself («5일 지남»).

Particles after a date fit the spoken «일» of it («9월 25일은»), whatever stands in the brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.core.working_days import WEEKDAY_NAMES, WorkingDays
from app.follow_ups.rules.terms import Because, Deadline, Interval, MissedWindow, Quota, RuleVersion
from app.follow_ups.rules.vocabulary import ReasonCode

FIRST_SYLLABLE, LAST_SYLLABLE, SYLLABLES_PER_FINAL = ord("가"), ord("힣"), 28
MISSED_WINDOWS_NAMED = 3
ONE_DAY = timedelta(days=1)


def sentence(because: Iterable[Because]) -> str:
    """The reasons as one line, as a list shows them; beside a count the last contact is left out."""
    lines = tuple(because)
    is_counted = any(line.code is ReasonCode.COUNT for line in lines)
    shown = (line.text for line in lines if not (is_counted and line.code is ReasonCode.LAST_CONTACT))
    return " ".join(shown)


def with_weekday(day: date) -> str:
    """2026-09-25(금)."""
    return f"{day.isoformat()}({WEEKDAY_NAMES[day.weekday()]})"


def short(day: date) -> str:
    """9/25(금)."""
    return f"{day.month}/{day.day}({WEEKDAY_NAMES[day.weekday()]})"


def being(name: str, but: str = "") -> str:
    """`name` as a cause, «추석 연휴라», «토요일이라»; with `but`, «토요일인데 …».

    A name that does not end in 한글 is put in brackets, because no particle fits it.
    """
    last = ord(name[-1]) if name else 0
    if not FIRST_SYLLABLE <= last <= LAST_SYLLABLE:
        name, last = f"휴무일({name})", ord("일")
    if but:
        return f"{name}인데 {but}"
    return f"{name}이라" if (last - FIRST_SYLLABLE) % SYLLABLES_PER_FINAL else f"{name}라"


def rule_used(rule: RuleVersion) -> Because:
    return Because(ReasonCode.RULE, f"규칙 {rule.code} v{rule.version}.")


def counted_from(rule: RuleVersion, interval: Interval, last: date) -> Because:
    text = f"{rule.called} {interval.every.label}마다 1회, 마지막 접촉 {with_weekday(last)}."
    return Because(ReasonCode.LAST_CONTACT, text)


def first_wanted(rule: RuleVersion, interval: Interval, starts_on: date) -> Because:
    within = (interval.first_within or interval.every).label
    text = f"{rule.called} {interval.every.label}마다 1회, {with_weekday(starts_on)}부터 {within} 안에 첫 접촉."
    return Because(ReasonCode.NO_CONTACT, text)


def count(rule: RuleVersion, quota: Quota, window: tuple[date, date], done: int, *, is_over: bool) -> Because:
    """The window is [first day, first day of the next)."""
    first, last = window[0].isoformat(), (window[1] - ONE_DAY).isoformat()
    if done >= quota.count:
        rest = "모두 채움"
    else:
        rest = f"{quota.count - done}회 모자란 채 끝남" if is_over else f"남은 {quota.count - done}회"
    text = f"{rule.called} {quota.period.label} {quota.count}회({first}~{last}) 중 {done}회, {rest}."
    return Because(ReasonCode.COUNT, text)


def next_window(quota: Quota, window: tuple[date, date]) -> Because:
    first, last = window[0].isoformat(), (window[1] - ONE_DAY).isoformat()
    return Because(ReasonCode.NEXT_WINDOW, f"다음 기간({first}~{last}) {quota.count}회 중 첫 회.")


def last_contact(day: date) -> Because:
    return Because(ReasonCode.LAST_CONTACT, f"마지막 접촉 {with_weekday(day)}.")


def missed(windows: Sequence[MissedWindow]) -> Because:
    """The latest few by date and count, the older ones by number."""
    latest = windows[-MISSED_WINDOWS_NAMED:]
    named = [f"{each.starts_on.isoformat()} 시작 {each.done}/{each.needed}회" for each in latest]
    older = len(windows) - len(named)
    more = f" 외 {older}번" if older else ""
    return Because(ReasonCode.WINDOW_MISSED, f"횟수를 못 채운 지난 기간: {', '.join(named)}{more}.")


def unreachable(left: int, last: date) -> Because:
    text = f"남은 {left}회가 {short(last)}까지의 근무일보다 많아 기간 안에 다 채울 수 없음."
    return Because(ReasonCode.QUOTA_UNREACHABLE, text)


def target(rule: RuleVersion, deadline: Deadline, event_on: date, due_on: date) -> Because:
    is_only_target = deadline.limit_days is None
    within = "내외" if deadline.about or is_only_target else "이내"
    word = "기한" if deadline.limit_days == deadline.target_days else "목표일"
    if not deadline.target_days:
        return Because(ReasonCode.TARGET, f"{rule.called}: {word} {with_weekday(due_on)}.")
    span = f"{with_weekday(event_on)}부터 {deadline.target_days}일 {within}"
    return Because(ReasonCode.TARGET, f"{rule.called}: {span}, {word} {with_weekday(due_on)}.")


def limit(deadline: Deadline, limit_on: date) -> Because:
    return Because(ReasonCode.LIMIT, f"늦어도 {deadline.limit_days}일째인 {with_weekday(limit_on)}까지.")


def promise(rule: RuleVersion, promised_on: date, made_on: date | None) -> Because:
    made = f", {with_weekday(made_on)}에 정함" if made_on else ""
    return Because(ReasonCode.PROMISE, f"{rule.called}: 예정일 {with_weekday(promised_on)}{made}.")


def event(rule: RuleVersion, within_days: int, event_on: date) -> Because:
    text = f"{rule.called}: {with_weekday(event_on)}부터 {within_days}일 안에 접촉."
    return Because(ReasonCode.EVENT, text)


def closed(day: date) -> Because:
    return Because(ReasonCode.CLOSED, f"{with_weekday(day)}에 마침.")


def ended(ends_on: date) -> Because:
    return Because(ReasonCode.ENDED, f"관리 기준이 {with_weekday(ends_on)}까지라 더 잡을 기한이 없음.")


def shifted(counted: date, moved: date, refusal: str, earliest: date, days: WorkingDays) -> Because:
    """Why `counted` became `moved`; `refusal` says why a date did not go back before `earliest`, if it would have."""
    told = short if counted.year == moved.year else with_weekday
    back_to = min(counted, earliest if refusal else moved)
    why = being(_why_off(counted, back_to, max(counted, moved), days), refusal)
    went = "앞당김" if moved < counted else "미룸"
    return Because(ReasonCode.SHIFTED, f"계산일 {told(counted)}은 {why} {told(moved)}로 {went}.")


def _why_off(counted: date, back_to: date, ahead_to: date, days: WorkingDays) -> str:
    """The day's own reason, and any other holidays in the way back and ahead."""
    own = days.reason(counted) or ""
    back = [name for name in days.holidays_between(counted, back_to) if name != own]
    ahead = [name for name in days.holidays_between(counted, ahead_to) if name != own]
    if not back and not ahead:
        return own
    side = "앞뒤가" if back and ahead else "앞이" if back else "뒤가"
    return f"{own}, {side} {'·'.join(dict.fromkeys(back + ahead))}"
