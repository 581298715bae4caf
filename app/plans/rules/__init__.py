"""서비스 제공계획: goals, services, checks, versions; referrals out and their replies. Pure."""

from app.plans.rules.vocabulary import (
    GoalReach,
    GoalSpan,
    PlanState,
    ReferralGround,
    ReferralReply,
    ReferralState,
    ServiceMethod,
)

__all__ = ["GoalReach", "GoalSpan", "PlanState", "ReferralGround", "ReferralReply", "ReferralState", "ServiceMethod"]
