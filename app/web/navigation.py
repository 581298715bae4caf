"""The main menu. It asks the policy what to show, so a link never leads to «권한 없음»."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    label: str
    icon: str
    endpoint: str
    permission: Permission
    roles: frozenset[Role] = frozenset(Role)
    sections: tuple[str, ...] = ()
    """First parts of the endpoints that mark the entry as current."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the page draws it."""

    label: str
    url: str
    icon: str
    is_current: bool
    count: int = 0


MENU = (
    Entry("오늘", "today", "visits.today", Permission.SEE_DUES, sections=("visits",)),
    Entry(
        "가구",
        "household",
        "households.list_households",
        Permission.LIST_HOUSEHOLDS,
        sections=("households", "timelines", "follow_ups"),
    ),
    Entry("발굴", "discovery", "discoveries.lists", Permission.IMPORT_LIST, sections=("discoveries",)),
    Entry("보고서", "report", "reports.choose", Permission.PRINT_REPORT, sections=("reports",)),
    Entry("담당 조정", "supervision", "assignments.board", Permission.ASSIGN, sections=("assignments",)),
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
)


def menu_for(identity: Identity) -> list[Link]:
    """The links this person may follow."""
    section = (request.endpoint or "").split(".")[0]
    return [
        Link(entry.label, url_for(entry.endpoint), entry.icon, is_current=section in entry.sections)
        for entry in MENU
        if identity.role in entry.roles and can(identity, entry.permission)
    ]


def home_of(identity: Identity) -> str:
    """Where somebody begins: the first entry of their menu."""
    first = next(entry for entry in MENU if identity.role in entry.roles and can(identity, entry.permission))
    return url_for(first.endpoint)
