"""Who may do what: the whole policy as one table to be read, and checked cell by cell.

W 복지담당 · N 방문간호사 · S 팀장 · D 시군구 담당 · P 개인정보 보호담당 · A 시스템 관리자
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from app.access.identity import Identity, scope_of
from app.access.permissions import Permission as P
from app.access.permissions import Role
from app.access.policy import POLICY, can

HOME, NEIGHBOUR, ELSEWHERE = 1, 2, 9
DISTRICT = frozenset({HOME, NEIGHBOUR})
ME, COLLEAGUE, SOMEBODY = 7, 8, 99
ROLES = dict(zip("WNSDPA", Role, strict=True))


@dataclass(frozen=True)
class Subject:
    """What the policy may ask about a household, a visit or a restricted task."""

    centre_id: int = HOME
    worker_id: int | None = SOMEBODY
    nurse_id: int | None = SOMEBODY
    health_ground: str | None = None
    by_id: int = SOMEBODY
    second_by_id: int | None = None
    staff_ids: tuple[int, ...] = ()
    companion_ids: tuple[int, ...] = ()
    is_health: bool = True
    account_id: int = SOMEBODY

    def health_ground_on(self, _day: date | None) -> str | None:
        return self.health_ground


def asker(role: Role, **changes: object) -> Identity:
    centre_id = HOME if role.belongs_to_centre else None
    plain = Identity(
        account_id=ME, name="", role=role, centre_id=centre_id, centre_name="", district_id=1,
        centre_ids=scope_of(role, centre_id, DISTRICT),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


MINE = Subject(worker_id=ME, nurse_id=ME)
SUBJECTS = {
    "near": Subject(),
    "mine": MINE,
    "consented": Subject(health_ground="CONSENT"),
    "mine, consented": replace(MINE, health_ground="CONSENT"),
    "written by me": Subject(by_id=ME),
    "joined by me": Subject(second_by_id=ME),
    "names me": Subject(staff_ids=(ME,), companion_ids=(ME,), account_id=ME),
    "not health": Subject(is_health=False),
    "next centre": replace(MINE, centre_id=NEIGHBOUR, health_ground="CONSENT", by_id=ME),
    "another district": replace(MINE, centre_id=ELSEWHERE, health_ground="CONSENT", by_id=ME),
}
# fmt: off
GRID = {
    #                       near     mine     cons.    m.+cons. written  joined   named    not h.   next     another
    P.VIEW_HOUSEHOLD:      ("WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "D",     ""),
    P.EDIT_HOUSEHOLD:      ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.CLOSE_HOUSEHOLD:     ("S",     "WS",    "S",     "WS",    "S",     "S",     "S",     "S",     "",      ""),
    P.SET_TERM:            ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.LOG_VISIT:           ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.CORRECT_VISIT:       ("S",     "S",     "S",     "S",     "WNS",   "WNS",   "S",     "S",     "",      ""),
    P.READ_NURSING_NOTE:   ("N",     "N",     "NS",    "WNS",   "N",     "N",     "N",     "N",     "",      ""),
    P.WRITE_NURSING_NOTE:  ("N",     "N",     "N",     "N",     "N",     "N",     "N",     "N",     "",      ""),
    P.PRINT_CASE_REPORT:   ("WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "D",     ""),
    P.PLAN_VISIT:          ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.DECIDE_ABSENCE:      ("S",     "S",     "S",     "S",     "S",     "S",     "S",     "S",     "",      ""),
    P.OPEN_PROTECTION:     ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.SEE_PROTECTION:      ("S",     "S",     "S",     "S",     "S",     "S",     "WNS",   "S",     "",      ""),
    P.ASSESS:              ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.GO_OUT:              ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.ANSWER_ALARM:        ("WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "WNSD",  "D",     ""),
    P.ALLOW_ALONE:         ("S",     "S",     "S",     "S",     "S",     "S",     "S",     "S",     "",      ""),
    P.KEEP_PROBLEMS:       ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.KEEP_MEDICINES:      ("N",     "N",     "N",     "N",     "N",     "N",     "N",     "N",     "",      ""),
    P.REGISTER:            ("N",     "N",     "N",     "N",     "N",     "N",     "N",     "N",     "",      ""),
    P.ATTACH:              ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.SEE_ATTACHMENT:      ("N",     "N",     "NS",    "WNS",   "N",     "N",     "N",     "WNSD",  "",      ""),
    P.REMOVE_ATTACHMENT:   ("S",     "S",     "S",     "S",     "WNS",   "S",     "S",     "S",     "",      ""),
    P.WRITE_SECOND_NOTE:   ("",      "",      "",      "",      "",      "",      "WN",    "",      "",      ""),
    P.VOID_VISIT:          ("S",     "S",     "S",     "S",     "WNS",   "S",     "S",     "S",     "",      ""),
    P.ANSWER_QUESTION:     ("S",     "S",     "S",     "S",     "S",     "S",     "WNS",   "S",     "",      ""),
    P.MARK_ENTERED:        ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.WORK_ITEM:           ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.APPROVE_ITEM:        ("S",     "S",     "S",     "S",     "S",     "S",     "S",     "S",     "",      ""),
    P.WORK_CASE:           ("WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "D",     ""),
    P.APPROVE_CASE:        ("S",     "S",     "S",     "S",     "S",     "S",     "S",     "S",     "",      ""),
    P.HOLD_CONFERENCE:     ("WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "D",     ""),
    P.CONFIRM_MINUTES:     ("SD",    "SD",    "SD",    "SD",    "SD",    "SD",    "SD",    "SD",    "D",     ""),
    P.KEEP_PLAN:           ("WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "WSD",   "D",     ""),
    P.REFER:               ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
    P.KEEP_CONSENT:        ("WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "WNS",   "",      ""),
}
WITHOUT_SUBJECT = {
    P.USE_OWN_ACCOUNT:    "WNSDPA",
    P.LIST_HOUSEHOLDS:    "WNSD",
    P.CREATE_HOUSEHOLD:   "WNS",
    P.SEE_DUES:           "WNSD",
    P.ASSIGN:             "S",
    P.IMPORT_LIST:        "WSD",
    P.DECIDE_MATCH:       "WS",
    P.PRINT_REPORT:       "WNSD",
    P.PRINT_UNMASKED:     "WNS",
    P.SEE_PRINT_REGISTER: "SP",
    P.SEE_ACCESS_LOG:     "P",
    P.KEEP_ACCOUNTS:      "A",
    P.READ_ALERTS:        "WNSD",
    P.SEE_CALENDAR:       "WNSD",
    P.KEEP_FEED:          "WNS",
    P.SEE_WORKLOAD:       "SD",
    P.SET_CAPACITY:       "S",
    P.SEE_RULES:          "WNSD",
    P.CHANGE_RULES:       "D",
    P.KEEP_HOLIDAYS:      "D",
    P.KEEP_INSTRUMENTS:   "D",
    P.SEE_WHO_IS_OUT:     "WNSD",
    P.REPORT_INCIDENT:    "WNS",
    P.SEE_INCIDENTS:      "SD",
    P.KEEP_PHONE_TREE:    "S",
    P.SEE_QUESTIONS:      "S",
    P.SEE_TRIAGE:         "WNSD",
    P.KEEP_ROUNDS:        "SD",
    P.KEEP_TRIAGE_TABLE:  "D",
    P.SEE_CASES:          "WNSD",
    P.KEEP_REASONS:       "D",
    P.KEEP_NEEDS_FORM:    "D",
    P.SEE_PROVIDERS:      "WNSD",
    P.KEEP_PROVIDERS:     "WSD",
    P.KEEP_CONSENT_TEXTS: "D",
    P.SEE_JOBS:           "A",
    P.RUN_JOBS:           "A",
}
# fmt: on


def holders(permission: P, subject: Subject | None) -> str:
    return "".join(letter for letter, role in ROLES.items() if can(asker(role), permission, subject))


@pytest.mark.parametrize("relation", SUBJECTS)
@pytest.mark.parametrize("permission", GRID)
def test_what_concerns_a_household_is_granted_to(permission: P, relation: str) -> None:
    expected = dict(zip(SUBJECTS, GRID[permission], strict=True))[relation]
    assert holders(permission, SUBJECTS[relation]) == expected


@pytest.mark.parametrize("permission", WITHOUT_SUBJECT)
def test_what_concerns_no_household_is_granted_to(permission: P) -> None:
    assert holders(permission, None) == WITHOUT_SUBJECT[permission]


def test_every_permission_stands_in_the_policy_and_in_these_tables() -> None:
    assert set(POLICY) == set(P) == GRID.keys() | WITHOUT_SUBJECT.keys()
    assert all(rows and all(rows) for rows in POLICY.values()), "an empty row would grant to everybody"


def test_a_permission_nobody_listed_is_an_error_and_never_a_yes() -> None:
    with pytest.raises(KeyError):
        can(asker(Role.ADMIN), "household:destroy")  # type: ignore[arg-type]


@pytest.mark.parametrize("permission", [permission for permission in P if permission is not P.USE_OWN_ACCOUNT])
def test_the_administrator_sees_no_client_data(permission: P) -> None:
    allowed = can(asker(Role.ADMIN), permission, SUBJECTS["mine, consented"])
    assert allowed is (permission in {P.KEEP_ACCOUNTS, P.SEE_JOBS, P.RUN_JOBS})


def test_covering_for_a_colleague_is_being_responsible_oneself() -> None:
    theirs = Subject(worker_id=COLLEAGUE, health_ground="CONSENT")
    alone = asker(Role.WORKER)
    covering = asker(Role.WORKER, covered_ids=frozenset({COLLEAGUE}))
    for permission in (P.CLOSE_HOUSEHOLD, P.READ_NURSING_NOTE):
        assert not can(alone, permission, theirs)
        assert can(covering, permission, theirs)


def test_covering_for_somebody_does_not_widen_the_scope() -> None:
    theirs = Subject(centre_id=NEIGHBOUR, worker_id=COLLEAGUE)
    assert not can(asker(Role.WORKER, covered_ids=frozenset({COLLEAGUE})), P.VIEW_HOUSEHOLD, theirs)


def test_a_command_of_the_system_wrote_nobodys_visits() -> None:
    system = asker(Role.NURSE, account_id=None)
    assert not can(system, P.CORRECT_VISIT, Subject(by_id=None))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "centre_id", "scope"),
    [
        (Role.WORKER, HOME, {HOME}),
        (Role.NURSE, NEIGHBOUR, {NEIGHBOUR}),
        (Role.SUPERVISOR, HOME, {HOME}),
        (Role.WORKER, None, set()),
        (Role.DISTRICT, None, DISTRICT),
        (Role.PRIVACY, None, DISTRICT),
        (Role.ADMIN, None, set()),
        (Role.ADMIN, HOME, set()),
    ],
)
def test_scope_follows_the_role(role: Role, centre_id: int | None, scope: set[int]) -> None:
    assert scope_of(role, centre_id, DISTRICT) == scope
