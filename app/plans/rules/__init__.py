"""서비스 제공계획: goals, services, checks, versions; referrals out and their replies. Pure."""

from app.plans.rules.checking import Rhythm, earliest, is_missed, next_check
from app.plans.rules.drafting import (
    LINE_LIMIT,
    MOST_GOALS,
    MOST_SERVICES,
    NOTE_LIMIT,
    TEXT_LIMIT,
    Gap,
    GoalDraft,
    PlanDraft,
    ServiceDraft,
    gaps_of,
)
from app.plans.rules.referring import (
    RULE_OF_KIND,
    Asked,
    Block,
    SharedFacts,
    is_late,
    needs_of,
    what_blocks,
)
from app.plans.rules.rows import RowAct, act_on
from app.plans.rules.versions import Difference, beside, is_open
from app.plans.rules.vocabulary import (
    GoalReach,
    GoalSpan,
    PlanState,
    ReferralGround,
    ReferralReply,
    ReferralState,
    ServiceMethod,
)

__all__ = [
    "LINE_LIMIT", "MOST_GOALS", "MOST_SERVICES", "NOTE_LIMIT", "RULE_OF_KIND", "TEXT_LIMIT", "Asked", "Block",
    "Difference", "Gap", "GoalDraft", "GoalReach", "GoalSpan", "PlanDraft", "PlanState", "ReferralGround",
    "ReferralReply", "ReferralState", "Rhythm", "RowAct", "ServiceDraft", "ServiceMethod", "SharedFacts", "act_on",
    "beside", "earliest", "gaps_of", "is_late", "is_missed", "is_open", "needs_of", "next_check", "what_blocks",
]  # fmt: skip
