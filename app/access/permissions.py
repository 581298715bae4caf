"""Roles and permissions, each with the sentence a supervisor would use for it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is employed to do. One person holds one role."""

    WORKER = "WORKER"
    NURSE = "NURSE"
    SUPERVISOR = "SUPERVISOR"
    DISTRICT = "DISTRICT"
    PRIVACY = "PRIVACY"
    ADMIN = "ADMIN"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]

    @property
    def belongs_to_centre(self) -> bool:
        """Whether people of this role work for one 동 (the others for the whole 시군구)."""
        return self in (Role.WORKER, Role.NURSE, Role.SUPERVISOR)


_ROLE_LABELS = {
    Role.WORKER: "복지담당",
    Role.NURSE: "방문간호사",
    Role.SUPERVISOR: "팀장",
    Role.DISTRICT: "시군구 담당",
    Role.PRIVACY: "개인정보 보호담당",
    Role.ADMIN: "시스템 관리자",
}


class Permission(StrEnum):
    """Verb and noun; the table that grants them is `policy.POLICY`."""

    USE_OWN_ACCOUNT = "own-account:use"
    """Sign out, extend the session, change the own password."""
    LIST_HOUSEHOLDS = "household:list"
    """See lists and search; what appears in them is scoped besides."""
    VIEW_HOUSEHOLD = "household:view"
    CREATE_HOUSEHOLD = "household:create"
    EDIT_HOUSEHOLD = "household:edit"
    CLOSE_HOUSEHOLD = "household:close"
    SEE_DUES = "follow-up:see"
    """Open 오늘: the due list of oneself, or of a centre."""
    SET_TERM = "follow-up:set-term"
    """Set a care group or a check rhythm on somebody."""
    LOG_VISIT = "visit:log"
    CORRECT_VISIT = "visit:correct"
    READ_NURSING_NOTE = "nursing:read"
    """Health detail: the nursing note and the vitals of a visit."""
    WRITE_NURSING_NOTE = "nursing:write"
    ASSIGN = "assignment:assign"
    """Give households to people, arrange cover."""
    IMPORT_LIST = "discovery:import"
    DECIDE_MATCH = "discovery:decide-match"
    PRINT_REPORT = "report:print"
    PRINT_CASE_REPORT = "report:print-case"
    """Print one household's paper."""
    PRINT_UNMASKED = "report:print-unmasked"
    """Masking level 전체; asks for a purpose as every print does."""
    SEE_PRINT_REGISTER = "report:see-register"
    SEE_ACCESS_LOG = "audit:see"
    KEEP_ACCOUNTS = "account:keep"
    """Create accounts, disable them, change a role."""
    READ_ALERTS = "alert:read"
    SEE_CALENDAR = "calendar:see"
    """Open 일정: the week and month of oneself, or of a centre."""
    PLAN_VISIT = "visit:plan"
    """Put a visit into the calendar, move it, cancel it."""
    KEEP_FEED = "calendar:keep-feed"
    """Make and revoke one's own calendar feed."""
    SEE_WORKLOAD = "workload:see"
    SET_CAPACITY = "workload:set-capacity"
    """Say how many visits fit into somebody's day."""
    SEE_RULES = "rule:see"
    """Read the rules, the absence ladder and the holidays that hold."""
    CHANGE_RULES = "rule:change"
    """Add versions of rules and of the absence ladder, try them, apply them."""
    KEEP_HOLIDAYS = "holiday:keep"
    DECIDE_ABSENCE = "absence:decide"
    """Say what happens with a household that nobody reaches."""
    GO_OUT = "outing:start"
    """Check in at a door and out again."""
    SEE_WHO_IS_OUT = "outing:board"
    ANSWER_ALARM = "outing:answer-alarm"
    """Say what was found out about somebody who did not come back on time."""
    ALLOW_ALONE = "outing:allow-alone"
    """Let somebody go alone where two must go."""
    REPORT_INCIDENT = "incident:report"
    SEE_INCIDENTS = "incident:see"
    """Everybody's incidents and their count; one's own are always one's own."""
    KEEP_PHONE_TREE = "phone-tree:keep"
    OPEN_PROTECTION = "protection:open"
    """Open a restricted task: suspicion of abuse, risk of suicide."""
    SEE_PROTECTION = "protection:see"
    """Named staff and the supervisors of the centre, nobody else."""
    ASSESS = "assessment:assess"
    KEEP_INSTRUMENTS = "instrument:keep"
    """Load instruments and set a district's own cut-offs."""
    KEEP_PROBLEMS = "problem:keep"
    """The Omaha problem list and what was done about it: both professions."""
    KEEP_MEDICINES = "medicine:keep"
    REGISTER = "programme:register"
    """Register somebody in a health programme, decide their care group from the proposal, discharge them."""
    ATTACH = "attachment:add"
    SEE_ATTACHMENT = "attachment:see"
    REMOVE_ATTACHMENT = "attachment:remove"
    WRITE_SECOND_NOTE = "visit:second-note"
    """Joint visit: add the other profession's note to a colleague's record."""
    VOID_VISIT = "visit:void"
    """Take a whole record back; it stays on record and counts for nothing."""
    MARK_ENTERED = "visit:mark-entered"
    """Say that a record was typed into a national system as well."""
    SEE_QUESTIONS = "question:see"
    """Questions about records that look odd together."""
    ANSWER_QUESTION = "question:answer"
    """Say in one's own words how one's own records came to be."""
    SEE_TRIAGE = "triage:see"
    """The queue of whoever is to be found and answered, and its figures."""
    WORK_ITEM = "triage:work"
    """Claim an item, try to reach the person, say what became of it."""
    APPROVE_ITEM = "triage:approve"
    """An outcome without a contact: 연락두절, 거부."""
    KEEP_ROUNDS = "round:keep"
    KEEP_TRIAGE_TABLE = "triage:keep-table"
    SEE_CASES = "case:see"
    WORK_CASE = "case:work"
    """Open a case, hold the first counselling, assess needs, move it on."""
    APPROVE_CASE = "case:approve"
    """결재 of a plan and of a closure."""
    KEEP_REASONS = "case:keep-reasons"
    KEEP_NEEDS_FORM = "needs:keep-form"
    HOLD_CONFERENCE = "conference:hold"
    CONFIRM_MINUTES = "conference:confirm"
    KEEP_PLAN = "plan:keep"
    REFER = "referral:refer"
    SEE_PROVIDERS = "provider:see"
    KEEP_PROVIDERS = "provider:keep"
    KEEP_CONSENT = "consent:keep"
    KEEP_CONSENT_TEXTS = "consent:keep-texts"
    SEE_JOBS = "job:see"
    RUN_JOBS = "job:run"
