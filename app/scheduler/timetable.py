"""The whole timetable as one table: what, when, what for, and what happens when it is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from apscheduler.triggers.cron import CronTrigger

from app.accounts.jobs import forget_failures, forget_sessions
from app.alerts.jobs import deliver_mail, forget_mails
from app.attachments.jobs import delete_removed_files, sweep_files
from app.core.clock import KOREA
from app.discoveries.jobs import finish_lists, forget_files, forget_senders, return_due_items
from app.follow_ups.jobs import refresh_dues
from app.jobs.jobs import check_database, forget_runs
from app.jobs.rules import ON_TIME, CatchUp, in_words
from app.jobs.service import Work
from app.reminders.jobs import escalate_overdue, tell_ending_consents, tell_mornings, tell_weeks
from app.safety.jobs import tell_late_protection, watch_outings
from app.visits.jobs import forget_drafts

LOOKS_BACK = tuple(timedelta(days=days) for days in (1 / 24, 1, 8, 32, 367))
"""How far back the newest period is looked for, in steps: near ones are found without walking through a year."""


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable."""

    name: str
    title: str
    cron: str
    """Minute, hour, day, month, weekday in Asia/Seoul; weekdays by name, because APScheduler counts them from
    Monday where crontab counts from Sunday. A sixth field in front is the second."""
    work: Work
    """`work(session, now)` returns how many rows it touched. It runs in one transaction with the end of the run, and
    may commit steps of its own with `unit_of_work(session)`, as whatever sends mail must: what has left the house is
    on record before the next is sent. It must bear being run again after a part of it was committed."""
    does: str
    if_late: str
    catches_up: CatchUp = CatchUp.NEWEST

    def __post_init__(self) -> None:
        if any(sign.isdigit() for sign in self.cron.split()[-1]):
            raise ValueError(f"{self.name}: name the weekdays")

    @property
    def when(self) -> str:
        """«매일 00:10»."""
        return in_words(self.cron)

    def next_after(self, moment: datetime) -> datetime | None:
        """The first period after a moment."""
        return next(self._periods(moment + timedelta(microseconds=1)), None)

    def periods(self, *, after: datetime, until: datetime) -> list[datetime]:
        """The periods after one moment and not after another: all of the last ON_TIME, or else the newest one."""
        for back in (ON_TIME, *LOOKS_BACK):
            start = max(after + timedelta(microseconds=1), until - back)
            found = list(self._periods(start, until))
            if found or start > until - back:
                return found if back == ON_TIME else found[-1:]
        return []

    def _periods(self, start: datetime, until: datetime | None = None) -> Iterator[datetime]:
        trigger = _trigger(self.cron)
        found = trigger.get_next_fire_time(None, start.astimezone(KOREA))
        while found is not None and (until is None or found <= until):
            yield found.astimezone(UTC)
            found = trigger.get_next_fire_time(None, found + timedelta(seconds=1))


@lru_cache
def _trigger(cron: str) -> CronTrigger:
    second, minute, hour, day, month, weekday = ["0", *cron.split()][-6:]
    return CronTrigger(
        second=second, minute=minute, hour=hour, day=day, month=month, day_of_week=weekday, timezone=KOREA
    )


TIMETABLE = (
    Job(
        "watch-outings",
        "복귀 확인",
        "* * * * *",
        watch_outings,
        "예정 시각이 지나도 나왔다고 알리지 않은 직원을 15분에 본인, 30분에 동행자와 팀장, 60분에 비상 연락망에 한 번씩 알립니다.",
        "다시 시작하면 그때까지 온 단계 가운데 마지막 것만 한 번 알립니다. 멈춘 동안은 태블릿이 본인에게만 알립니다.",
    ),
    Job(
        "tell-late-protection",
        "늦은 보호 조치 알리기",
        "*/5 * * * *",
        tell_late_protection,
        "연 지 한 시간이 지나도록 신고·의뢰한 때가 적히지 않은 보호 조치를 팀장에게 한 번 알립니다.",
        "다음 차례에 알립니다. 화면에는 늘 «늦음»으로 보입니다.",
        CatchUp.SKIP,
    ),
    Job(
        "refresh-dues",
        "기한 새로 계산",
        "10 0 * * *",
        refresh_dues,
        "날이 바뀌어 달라지는 기한을 모두 새로 계산합니다.",
        "화면은 낡은 기한을 그 자리에서 다시 계산하므로 틀리지 않습니다. 조금 느려질 수 있습니다.",
    ),
    Job(
        "return-due-items",
        "다시 확인할 발굴 대상",
        "5 0 * * *",
        return_due_items,
        "다시 확인할 날이 된 발굴 대상을 대기열로 돌려놓습니다.",
        "늦게라도 밀린 것까지 모두 돌려놓습니다. 그때까지 대기열에 보이지 않습니다.",
    ),
    Job(
        "finish-refreshing",
        "남은 기한 계산",
        "*/5 * * * *",
        refresh_dues,
        "규칙이나 휴무일이 바뀐 뒤 아직 계산하지 않은 기한을 마저 계산합니다.",
        "화면은 낡은 기한을 그 자리에서 다시 계산하므로 틀리지 않습니다.",
        CatchUp.SKIP,
    ),
    Job(
        "tell-mornings",
        "오늘 할 일 알리기",
        "30 7 * * mon-fri",
        tell_mornings,
        "근무일 아침, 할 일이 있는 사람의 알림함에 넣고 그날의 메일을 씁니다. 휴가인 사람의 몫은 대직자가 받습니다.",
        "그날 19시 전이면 늦게라도 알리고, 그 뒤에는 알리지 않습니다.",
        CatchUp.SAME_DAY,
    ),
    Job(
        "tell-weeks",
        "주간 요약 알리기",
        "0 8 * * mon-fri",
        tell_weeks,
        "지난주 요약을 팀장에게 한 번 알립니다. 그 주의 첫 아침 알림에 이미 담겼으면 다시 보내지 않습니다.",
        "그 주의 다음 근무일에 알립니다.",
        CatchUp.SAME_DAY,
    ),
    Job(
        "tell-ending-consents",
        "끝나는 동의 알리기",
        "40 7 * * mon-fri",
        tell_ending_consents,
        "근무일에, 끝나기 30일 전, 7일 전, 그리고 끝난 뒤에 한 번씩 담당자에게 알립니다. 다시 받거나 거둔 동의의 알림은 거둡니다.",
        "다음 근무일에 밀린 것까지 알립니다. 다시 받거나 거둔 동의는 바로 빠집니다.",
        CatchUp.SAME_DAY,
    ),
    Job(
        "escalate-overdue",
        "오래 지난 기한 알리기",
        "0 9-18 * * mon-fri",
        escalate_overdue,
        "근무일에, 위험도마다 정한 날보다 오래 지난 기한을 팀장에게 가구와 기한마다 한 번 알립니다.",
        "다음 차례에 밀린 것까지 모두 알립니다.",
        CatchUp.SKIP,
    ),
    Job(
        "deliver-mail",
        "메일 보내기",
        "*/5 7-19 * * *",
        deliver_mail,
        "써 둔 메일을 메일 서버에 넘깁니다. 같은 메일은 한 번만 보내고, 받지 못한 서버에는 간격을 늘려 가며 다시 보냅니다.",
        "다음 차례에 보냅니다. 그날 보내지 못한 메일은 다음 날 보내지 않습니다.",
        CatchUp.SKIP,
    ),
    Job(
        "check-database",
        "자료 점검",
        "30 2 * * *",
        check_database,
        "자료 파일과 접속기록의 사슬이 온전한지 살펴봅니다. 0건이면 이상이 없습니다.",
        "손상이 있으면 그만큼 늦게 알게 됩니다.",
    ),
    Job(
        "forget-drafts",
        "묵은 임시 저장 지우기",
        "40 3 * * *",
        forget_drafts,
        "30일 동안 손대지 않은 임시 저장을 지웁니다.",
        "그때까지 임시 저장이 더 남아 있습니다.",
    ),
    Job(
        "forget-sessions",
        "끝난 로그인 지우기",
        "45 3 * * *",
        forget_sessions,
        "끝난 지 90일이 지난 로그인의 주소와 기기를 지웁니다. 접속기록은 그대로 남습니다.",
        "그때까지 더 남아 있습니다. 끝난 로그인은 지우기 전에도 쓸 수 없습니다.",
    ),
    Job(
        "forget-sign-in-failures",
        "로그인 실패 지우기",
        "50 3 * * *",
        forget_failures,
        "더는 세지 않는 로그인 실패를 지웁니다.",
        "그때까지 더 남아 있습니다. 잠금에는 영향이 없습니다.",
    ),
    Job(
        "forget-senders",
        "이웃신고 보낸 곳 지우기",
        "20 * * * *",
        forget_senders,
        "하루가 지난 이웃신고에서 보낸 곳을 알아보는 표시를 지웁니다. 신고 내용은 그대로 남습니다.",
        "다음 차례에 밀린 것까지 지웁니다. 그때까지 표시가 더 남아 있습니다.",
        CatchUp.SKIP,
    ),
    Job(
        "finish-lists",
        "담다 만 명단 마저 담기",
        "*/5 * * * *",
        finish_lists,
        "아무도 지켜보지 않는 긴 명단의 남은 줄을 마저 담습니다.",
        "다음 차례에 담습니다. 명단 화면에서 바로 이어서 담을 수도 있습니다.",
        CatchUp.SKIP,
    ),
    Job(
        "forget-files",
        "칸을 짝짓지 않은 파일 지우기",
        "30 * * * *",
        forget_files,
        "올린 지 하루가 지나도록 칸을 짝짓지 않은 명단 파일을 지웁니다. 담은 명단은 그대로 남습니다.",
        "다음 차례에 밀린 것까지 지웁니다. 그때까지 파일이 더 남아 있습니다.",
        CatchUp.SKIP,
    ),
    Job(
        "forget-mails",
        "묵은 메일 지우기",
        "52 3 * * *",
        forget_mails,
        "90일이 지난 메일을 지웁니다.",
        "다음 날 지웁니다.",
    ),
    Job(
        "delete-removed-files",
        "뺀 사진 지우기",
        "15 4 * * *",
        delete_removed_files,
        "뺀 지 30일이 지난 사진과 서명의 파일을 지웁니다. 누가 왜 뺐는지는 남습니다.",
        "그때까지 파일이 더 남아 있습니다. 뺀 사진은 지우기 전에도 볼 수 없습니다.",
    ),
    Job(
        "sweep-files",
        "주인 없는 파일 치우기",
        "25 4 * * *",
        sweep_files,
        "하루가 지나도록 어느 기록에도 속하지 않는 파일을 따로 옮기고, 옮긴 지 30일이 지나면 지웁니다.",
        "그때까지 자리를 더 차지합니다.",
    ),
    Job(
        "forget-runs",
        "묵은 실행 기록 지우기",
        "55 3 * * *",
        forget_runs,
        "90일이 지난 자동 작업의 실행 기록과, 한 일이 없던 것은 사흘 지난 것부터 지웁니다.",
        "그때까지 더 남아 있습니다.",
    ),
)


def job_named(name: str) -> Job | None:
    """The job of the timetable with this name."""
    return next((job for job in TIMETABLE if job.name == name), None)
