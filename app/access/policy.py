"""The policy: one table from permission to rows of predicates, and one function that reads it.

Any row whose predicates all hold grants the permission. Nothing else grants anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.access.identity import Identity
from app.access.permissions import Permission as P
from app.access.permissions import Role

Predicate = Callable[[Identity, Any], bool]


def worker(who: Identity, _subject: Any) -> bool:
    return who.role is Role.WORKER


def nurse(who: Identity, _subject: Any) -> bool:
    return who.role is Role.NURSE


def supervisor(who: Identity, _subject: Any) -> bool:
    return who.role is Role.SUPERVISOR


def district(who: Identity, _subject: Any) -> bool:
    return who.role is Role.DISTRICT


def privacy_officer(who: Identity, _subject: Any) -> bool:
    return who.role is Role.PRIVACY


def administrator(who: Identity, _subject: Any) -> bool:
    return who.role is Role.ADMIN


def anybody(_who: Identity, _subject: Any) -> bool:
    return True


def in_scope(who: Identity, subject: Any) -> bool:
    """The subject's household belongs to a centre this person may see."""
    return subject.centre_id in who.centre_ids


def responsible(who: Identity, subject: Any) -> bool:
    """The person, or somebody they cover today, is the household's worker or nurse."""
    return subject.worker_id in who.acting_for or subject.nurse_id in who.acting_for


def health_shared(who: Identity, subject: Any) -> bool:
    """A consent in force, or a ground set by hand, lets health detail be read outside nursing today."""
    return subject.health_ground_on(who.today) is not None


def wrote_it(who: Identity, subject: Any) -> bool:
    """The person's own record."""
    return who.account_id is not None and subject.by_id == who.account_id


def joined_it(who: Identity, subject: Any) -> bool:
    """The person wrote the second note of a joint visit."""
    return who.account_id is not None and subject.second_by_id == who.account_id


def named(who: Identity, subject: Any) -> bool:
    """The person is among the staff whom a restricted task names."""
    return who.account_id is not None and who.account_id in subject.staff_ids


def not_health(_who: Identity, subject: Any) -> bool:
    """The thing shows nothing of anybody's health."""
    return not subject.is_health


def went_along(who: Identity, subject: Any) -> bool:
    """The person is named on the record as one who went along."""
    return who.account_id is not None and who.account_id in subject.companion_ids


def about_oneself(who: Identity, subject: Any) -> bool:
    """The thing is about the person's own work."""
    return who.account_id is not None and subject.account_id == who.account_id


POLICY: Mapping[P, Sequence[Sequence[Predicate]]] = {
    P.USE_OWN_ACCOUNT: [[anybody]],
    P.READ_ALERTS: [[worker], [nurse], [supervisor], [district]],
    P.LIST_HOUSEHOLDS: [[worker], [nurse], [supervisor], [district]],
    P.VIEW_HOUSEHOLD: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope], [district, in_scope]],
    P.CREATE_HOUSEHOLD: [[worker], [nurse], [supervisor]],
    P.EDIT_HOUSEHOLD: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.CLOSE_HOUSEHOLD: [[supervisor, in_scope], [worker, in_scope, responsible]],
    P.SEE_DUES: [[worker], [nurse], [supervisor], [district]],
    P.SET_TERM: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.LOG_VISIT: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.CORRECT_VISIT: [
        [worker, wrote_it, in_scope],
        [nurse, wrote_it, in_scope],
        [worker, joined_it, in_scope],
        [nurse, joined_it, in_scope],
        [supervisor, in_scope],
    ],
    P.READ_NURSING_NOTE: [
        [nurse, in_scope],
        [supervisor, in_scope, health_shared],
        [worker, in_scope, responsible, health_shared],
    ],
    P.WRITE_NURSING_NOTE: [[nurse, in_scope]],
    P.ASSIGN: [[supervisor]],
    P.IMPORT_LIST: [[supervisor], [worker], [district]],
    P.DECIDE_MATCH: [[supervisor], [worker]],
    P.PRINT_REPORT: [[worker], [nurse], [supervisor], [district]],
    P.PRINT_CASE_REPORT: [
        [worker, in_scope],
        [nurse, in_scope],
        [supervisor, in_scope],
        [district, in_scope],
    ],
    P.PRINT_UNMASKED: [[worker], [nurse], [supervisor]],
    P.SEE_PRINT_REGISTER: [[supervisor], [privacy_officer]],
    P.SEE_ACCESS_LOG: [[privacy_officer]],
    P.KEEP_ACCOUNTS: [[administrator]],
    P.SEE_CALENDAR: [[worker], [nurse], [supervisor], [district]],
    P.PLAN_VISIT: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.KEEP_FEED: [[worker], [nurse], [supervisor]],
    P.SEE_WORKLOAD: [[supervisor], [district]],
    P.SET_CAPACITY: [[supervisor]],
    P.SEE_RULES: [[worker], [nurse], [supervisor], [district]],
    P.CHANGE_RULES: [[district]],
    P.KEEP_HOLIDAYS: [[district]],
    P.DECIDE_ABSENCE: [[supervisor, in_scope]],
    P.GO_OUT: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.SEE_WHO_IS_OUT: [[worker], [nurse], [supervisor], [district]],
    P.ANSWER_ALARM: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope], [district, in_scope]],
    P.ALLOW_ALONE: [[supervisor, in_scope]],
    P.REPORT_INCIDENT: [[worker], [nurse], [supervisor]],
    P.SEE_INCIDENTS: [[supervisor], [district]],
    P.KEEP_PHONE_TREE: [[supervisor]],
    P.OPEN_PROTECTION: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.SEE_PROTECTION: [[supervisor, in_scope], [worker, in_scope, named], [nurse, in_scope, named]],
    P.ASSESS: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.KEEP_INSTRUMENTS: [[district]],
    P.KEEP_PROBLEMS: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.KEEP_MEDICINES: [[nurse, in_scope]],
    P.REGISTER: [[nurse, in_scope]],
    P.ATTACH: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.SEE_ATTACHMENT: [
        [worker, in_scope, not_health],
        [nurse, in_scope],
        [supervisor, in_scope, not_health],
        [district, in_scope, not_health],
        [supervisor, in_scope, health_shared],
        [worker, in_scope, responsible, health_shared],
    ],
    P.REMOVE_ATTACHMENT: [[worker, wrote_it, in_scope], [nurse, wrote_it, in_scope], [supervisor, in_scope]],
    P.WRITE_SECOND_NOTE: [[worker, went_along, in_scope], [nurse, went_along, in_scope]],
    P.VOID_VISIT: [[worker, wrote_it, in_scope], [nurse, wrote_it, in_scope], [supervisor, in_scope]],
    P.MARK_ENTERED: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.SEE_QUESTIONS: [[supervisor]],
    P.ANSWER_QUESTION: [
        [worker, about_oneself],
        [nurse, about_oneself],
        [supervisor, about_oneself],
        [supervisor, in_scope],
    ],
    P.SEE_TRIAGE: [[worker], [nurse], [supervisor], [district]],
    P.WORK_ITEM: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.APPROVE_ITEM: [[supervisor, in_scope]],
    P.KEEP_ROUNDS: [[supervisor], [district]],
    P.KEEP_TRIAGE_TABLE: [[district]],
    P.SEE_CASES: [[worker], [nurse], [supervisor], [district]],
    P.WORK_CASE: [[worker, in_scope], [supervisor, in_scope], [district, in_scope]],
    P.APPROVE_CASE: [[supervisor, in_scope]],
    P.KEEP_REASONS: [[district]],
    P.KEEP_NEEDS_FORM: [[district]],
    P.HOLD_CONFERENCE: [[worker, in_scope], [supervisor, in_scope], [district, in_scope]],
    P.CONFIRM_MINUTES: [[supervisor, in_scope], [district, in_scope]],
    P.KEEP_PLAN: [[worker, in_scope], [supervisor, in_scope], [district, in_scope]],
    P.REFER: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.SEE_PROVIDERS: [[worker], [nurse], [supervisor], [district]],
    P.KEEP_PROVIDERS: [[worker], [supervisor], [district]],
    P.KEEP_CONSENT: [[worker, in_scope], [nurse, in_scope], [supervisor, in_scope]],
    P.KEEP_CONSENT_TEXTS: [[district]],
    P.SEE_JOBS: [[administrator]],
    P.RUN_JOBS: [[administrator]],
}


def can(who: Identity, permission: P, subject: Any = None) -> bool:
    """Whether `who` holds `permission`, on `subject` where the policy asks about one.

    Raises:
        KeyError: a permission the table does not know; an unlisted permission must never pass silently.
    """
    return any(all(test(who, subject) for test in row) for row in POLICY[permission])
