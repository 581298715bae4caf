"""Read plans, their checks, and referrals."""

from app.plans.queries.checks import MissedCheck, ServiceLine, list_checks_due, next_of_household, service_lines
from app.plans.queries.needed import missing_of, needs_of_referral, resting_on
from app.plans.queries.plans import (
    current_plan,
    get_goal,
    get_plan,
    get_service,
    list_unfinished,
    open_plan,
    plan_before,
    plans_of_case,
    plans_of_household,
)
from app.plans.queries.referrals import ReferralFilter, get_referral, list_referrals, referrals_of, waiting_of

__all__ = [
    "MissedCheck", "ReferralFilter", "ServiceLine", "current_plan", "get_goal", "get_plan",
    "get_referral", "get_service", "list_checks_due", "list_referrals", "list_unfinished", "missing_of", "needs_of_referral", "next_of_household", "open_plan",
    "plan_before", "plans_of_case", "plans_of_household", "referrals_of", "resting_on", "service_lines", "waiting_of",
]  # fmt: skip
