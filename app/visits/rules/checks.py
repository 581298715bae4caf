"""What cannot be true of a record, and what is asked back once. Being late is never a reason to refuse."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.follow_ups.rules import ContactMode
from app.visits.rules.crisis_checks import check_crises
from app.visits.rules.judgements import Judgements
from app.visits.rules.problems import Problem, confirm, refuse
from app.visits.rules.record import AbsenceDetails, Tried, VisitDetails, days_late, korean_date
from app.visits.rules.texts import check_texts
from app.visits.rules.vital_kinds import VitalKind
from app.visits.rules.vitals import check_reading

CLOCK_SLACK = timedelta(minutes=10)
"""How far a tablet's clock may run ahead of the server's before its times count as future."""

LONG_VISIT = timedelta(hours=8)
OLD_RECORD_DAYS = 365
FARTHEST_PROMISE_DAYS = 5 * 366
"""What lies further ahead is a slip of the year; the holidays of such years are not known."""

REACHED = frozenset({ContactMode.FACE, ContactMode.CALL, ContactMode.OFFICE})
"""Modes in which somebody of the household was spoken to."""

LastValues = Mapping[tuple[int, VitalKind], Decimal]


def check_visit(
    details: VisitDetails,
    *,
    now: datetime,
    members: Collection[int],
    judgements: Judgements,
    previous: LastValues | None = None,
) -> tuple[Problem, ...]:
    """Everything to refuse or ask back about a visit before it is stored; empty when nothing is.

    `members` are the household's member ids, `judgements` the table in force on the day of the visit,
    `previous` each member's last weight and height. Fields are named as in `VisitDetails`, those of a reading
    as `readings.0.systolic`.
    """
    is_late = days_late(details.occurred_on, now) > 0
    return (
        *_check_day(details.occurred_on, now),
        *_check_times(details, now),
        *_check_members(details, members),
        *_check_contact(details),
        *_check_promise(details),
        *check_texts(details),
        *_check_readings(details, now, previous or {}),
        *check_crises(details, judgements, is_late=is_late),
    )


def check_absence(details: AbsenceDetails, *, now: datetime) -> tuple[Problem, ...]:
    """Everything to refuse or ask back about an absence: at least one way in must have been tried."""
    return (
        *_check_day(details.occurred_on, now),
        *_check_moment("at", details.at, details.occurred_on, now),
        *_check_tried(details),
        *check_texts(details),
    )


def check_next_visit(promised_on: date | None, *, proposed_on: date | None, reason: str) -> tuple[Problem, ...]:
    """A next visit later than the proposed day needs a reason; an earlier one does not."""
    if promised_on is None or proposed_on is None or promised_on <= proposed_on or reason.strip():
        return ()
    message = f"제안한 날({proposed_on:%Y-%m-%d})보다 늦습니다. 까닭을 적어 주세요."
    return (refuse("REASON_MISSING", "next_visit_reason", message, value=promised_on),)


def _check_day(occurred_on: date, now: datetime) -> Iterator[Problem]:
    if occurred_on > korean_date(now):
        yield refuse("FUTURE_DATE", "occurred_on", "아직 오지 않은 날입니다.", value=occurred_on)
    elif days_late(occurred_on, now) > OLD_RECORD_DAYS:
        yield confirm("OLD_DATE", "occurred_on", "1년도 더 지난 날입니다. 맞습니까?", value=occurred_on)


def _check_times(details: VisitDetails, now: datetime) -> Iterator[Problem]:
    began_at, ended_at = details.began_at, details.ended_at
    yield from _check_moment("began_at", began_at, details.occurred_on, now)
    if ended_at is not None and ended_at > now + CLOCK_SLACK:
        yield refuse("FUTURE_TIME", "ended_at", "아직 오지 않은 시각입니다.", value=ended_at.isoformat())
    if began_at is None:
        yield from _check_unknown_start(details)
    elif ended_at is not None:
        yield from _check_duration(ended_at - began_at)


def _check_moment(field: str, moment: datetime | None, occurred_on: date, now: datetime) -> Iterator[Problem]:
    if moment is None:
        return
    if korean_date(moment) != occurred_on:
        message = "시각의 날짜가 방문한 날과 다릅니다."
        yield refuse("OTHER_DATE", field, message, value=moment.isoformat())
    elif moment > now + CLOCK_SLACK:
        yield refuse("FUTURE_TIME", field, "아직 오지 않은 시각입니다.", value=moment.isoformat())


def _check_unknown_start(details: VisitDetails) -> Iterator[Problem]:
    if details.mode is ContactMode.FACE:
        yield confirm("START_UNKNOWN", "began_at", "시작 시각이 비었습니다. 모르면 그대로 저장합니다.")


def _check_duration(length: timedelta) -> Iterator[Problem]:
    if length < timedelta(0):
        yield refuse("ENDS_BEFORE_START", "ended_at", "끝난 시각이 시작보다 빠릅니다.", value=length)
    elif length > LONG_VISIT:
        hours = length // timedelta(hours=1)
        yield confirm("LONG_VISIT", "ended_at", f"{hours}시간이 넘는 방문입니다. 맞습니까?", value=length)


def _check_members(details: VisitDetails, members: Collection[int]) -> Iterator[Problem]:
    strangers = sorted(details.members_seen.difference(members))
    if strangers:
        yield refuse("NOT_A_MEMBER", "members_seen", "이 가구의 가구원이 아닙니다.", value=strangers)
    if details.members_seen:
        return
    if details.mode is ContactMode.FACE:
        message = "누구를 만났는지 고르세요. 아무도 못 만났으면 «부재»로 기록합니다."
        yield refuse("NOBODY_SEEN", "members_seen", message)
    elif details.mode in REACHED:
        message = "이야기한 가구원이 없습니다. 가구원이 아닌 사람과 이야기했습니까?"
        yield confirm("NO_MEMBER_REACHED", "members_seen", message)


def _check_contact(details: VisitDetails) -> Iterator[Problem]:
    if details.mode is ContactMode.CALL and details.readings:
        yield confirm("READ_BY_PHONE", "readings", "전화로 들은 측정값입니까?")
    if details.mode in REACHED:
        return
    if details.members_seen:
        message = f"«{details.mode.label}» 기록에는 만난 사람을 고를 수 없습니다."
        yield refuse("CONTACT_NEEDED", "members_seen", message, value=details.mode)
    for field, held in (("readings", details.readings), ("symptom_checks", details.symptom_checks)):
        if held:
            message = f"«{details.mode.label}» 기록에는 측정값과 증상을 적을 수 없습니다."
            yield refuse("CONTACT_NEEDED", field, message, value=details.mode)


def _check_promise(details: VisitDetails) -> Iterator[Problem]:
    promised_on = details.promised_on
    if promised_on is None:
        return
    if promised_on <= details.occurred_on:
        message = "약속한 날은 방문한 다음 날부터 고를 수 있습니다."
        yield refuse("PROMISE_NOT_AFTER", "promised_on", message, value=promised_on)
    elif (promised_on - details.occurred_on).days > FARTHEST_PROMISE_DAYS:
        message = "5년보다 더 뒤입니다. 해를 확인해 주세요."
        yield refuse("PROMISE_TOO_FAR", "promised_on", message, value=promised_on)
    elif (promised_on - details.occurred_on).days > OLD_RECORD_DAYS:
        yield confirm("PROMISE_FAR", "promised_on", "1년도 더 뒤입니다. 맞습니까?", value=promised_on)


def _check_readings(details: VisitDetails, now: datetime, previous: LastValues) -> Iterator[Problem]:
    asked: set[tuple[int | None, datetime | None]] = set()
    for place, reading in enumerate(details.readings):
        member_id = details.member_of(reading.member_id)
        last = previous.get((member_id, reading.kind)) if member_id is not None else None
        found = check_reading(reading, previous=last, began_at=details.began_at, ended_at=details.ended_at)
        whose = _check_whose(details, member_id)
        future = _check_measured_at(reading.measured_at, now)
        for problem in (*found, *whose, *future):
            # One time for all of somebody's values is asked about once.
            if problem.field != "measured_at" or (member_id, reading.measured_at) not in asked:
                yield problem.under(f"readings.{place}")
        asked.add((member_id, reading.measured_at))


def _check_whose(details: VisitDetails, member_id: int | None) -> Iterator[Problem]:
    if member_id not in details.members_seen and details.mode in REACHED:
        yield refuse("WHOSE_READING", "member_id", "누구의 값인지 고르세요.", value=member_id or "")


def _check_measured_at(moment: datetime | None, now: datetime) -> Iterator[Problem]:
    if moment is not None and moment > now + CLOCK_SLACK:
        yield refuse("FUTURE_TIME", "measured_at", "아직 오지 않은 시각입니다.", value=moment.isoformat())


def _check_tried(details: AbsenceDetails) -> Iterator[Problem]:
    if not details.tried:
        yield refuse("NOTHING_TRIED", "tried", "초인종, 전화 등 해 본 것을 하나 이상 고르세요.")
    if details.mode not in (ContactMode.ABSENT, ContactMode.NO_ANSWER):
        yield refuse("NOT_AN_ABSENCE", "mode", "부재 기록은 «방문-부재»나 «전화-무응답»이어야 합니다.")
    elif details.mode is ContactMode.ABSENT and details.tried == {Tried.PHONE}:
        yield confirm("ONLY_PHONED", "mode", "전화만 했습니까? 집에 가지 않았으면 «전화-무응답»입니다.")
