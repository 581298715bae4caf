"""The main menu. It asks the policy what to show, so a link never leads to «권한 없음»."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.web.drawing import kept


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    label: str
    icon: str
    endpoint: str
    permission: Permission
    roles: frozenset[Role] = frozenset(Role)
    sections: tuple[str, ...] = ()
    """What marks the entry as current: first parts of endpoints, or whole ones, which go before them."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the page draws it."""

    label: str
    url: str
    icon: str
    is_current: bool


MENU = (
    Entry("오늘", "today", "visits.today", Permission.SEE_DUES, sections=("visits",)),
    Entry(
        "가구",
        "household",
        "households.list_households",
        Permission.LIST_HOUSEHOLDS,
        sections=(
            "households",
            "timelines",
            "follow_ups",
            "assessments",
            "care_groups",
            "safety",
            "attachments",
            "care",
        ),
    ),
    Entry(
        "일정",
        "calendar",
        "calendars.week",
        Permission.SEE_CALENDAR,
        sections=("calendars", "visits.plan_visit", "visits.move_visit", "visits.cancel_visit"),
    ),
    Entry(
        "군 분류",
        "nurse",
        "care_groups.reviews",
        Permission.SEE_DUES,
        frozenset({Role.NURSE}),
        ("care_groups.reviews",),
    ),
    Entry("발굴", "discovery", "discoveries.queue", Permission.SEE_TRIAGE, sections=("discoveries",)),
    Entry(
        "사례",
        "case",
        "cases.board",
        Permission.SEE_CASES,
        sections=("cases", "visits.counsel", "plans", "providers", "consents", "conferences"),
    ),
    Entry(
        "기준",
        "settings",
        "follow_ups.rules",
        Permission.CHANGE_RULES,
        sections=(
            "follow_ups.rules",
            "follow_ups.rule",
            "follow_ups.new_rule_version",
            "follow_ups.withdraw_version",
            "follow_ups.ladder",
            "follow_ups.new_ladder_version",
            "follow_ups.withdraw_ladder",
            "follow_ups.refreshing",
            "follow_ups.holidays",
            "follow_ups.add_holiday",
            "follow_ups.work_on_holiday",
            "follow_ups.undo_holiday",
            "follow_ups.import_holidays",
            "assessments.list_instruments",
            "assessments.cut_offs",
            "care_groups.group_table",
            "care_groups.change_group_table",
            "cases.reasons",
            "cases.change_reasons",
            "discoveries.crisis_codes",
            "discoveries.change_crisis_codes",
            "discoveries.weights",
            "discoveries.change_weights",
            "consents.texts",
            "consents.show_text",
            "consents.change_text",
        ),
    ),
    Entry(
        "안전사고",
        "warning",
        "safety.incidents",
        Permission.SEE_INCIDENTS,
        sections=(
            "safety.incidents",
            "safety.count_incidents",
            "safety.own_incidents",
            "safety.report_incident",
            "safety.show_incident",
            "safety.phone_tree",
            "safety.add_duty_contact",
            "safety.change_duty_contact",
            "reports.choose_incident_report",
            "reports.choose_phone_tree",
        ),
    ),
    Entry("외근", "pin", "safety.out", Permission.SEE_WHO_IS_OUT, sections=("safety.out",)),
    Entry("보고서", "report", "reports.choose", Permission.PRINT_REPORT, sections=("reports",)),
    Entry("담당 조정", "supervision", "assignments.board", Permission.ASSIGN, sections=("assignments",)),
    Entry("업무량", "history", "workload.board", Permission.SEE_WORKLOAD, sections=("workload",)),
    Entry(
        "기록 확인",
        "check",
        "supervision.list_questions",
        Permission.SEE_QUESTIONS,
        sections=("supervision.list_questions", "supervision.show_question", "supervision.open_question"),
    ),
    Entry("접속기록", "shield", "supervision.access_log", Permission.SEE_ACCESS_LOG, sections=("supervision",)),
    Entry(
        "출력 대장",
        "print",
        "reports.register",
        Permission.SEE_PRINT_REGISTER,
        frozenset({Role.PRIVACY}),
        ("reports",),
    ),
    Entry("계정", "people", "accounts.list_accounts", Permission.KEEP_ACCOUNTS, sections=("accounts",)),
    Entry("자동 작업", "refresh", "operations.jobs", Permission.SEE_JOBS, sections=("operations",)),
    Entry("메일", "mail", "alerts.mail", Permission.SEE_JOBS, sections=("alerts.mail",)),
)
SECTIONS = frozenset(section for entry in MENU for section in entry.sections)
"""Whatever marks some entry as current."""


def menu_for(identity: Identity) -> tuple[Link, ...]:
    """The links this person may follow; nothing but role and place makes a difference, so a page may keep what it draws."""
    place = _place(request.endpoint or "")
    return tuple(
        _drawn(entry, place in entry.sections)
        for entry in MENU
        if identity.role in entry.roles and can(identity, entry.permission)
    )


@kept
def _drawn(entry: Entry, is_current: bool) -> Link:
    return Link(entry.label, url_for(entry.endpoint), entry.icon, is_current)


def _place(endpoint: str) -> str:
    """The endpoint itself where an entry names it, otherwise its first part."""
    return endpoint if endpoint in SECTIONS else endpoint.split(".")[0]


def home_of(identity: Identity) -> str:
    """Where somebody begins: the first entry of their menu."""
    first = next(entry for entry in MENU if identity.role in entry.roles and can(identity, entry.permission))
    return url_for(first.endpoint)
