"""Make plans, have them signed and approved, check what is given, refer people to agencies."""

from app.plans.service.approving import ask_for_approval, take_back
from app.plans.service.checking import CheckDetails, end_service, judge_goal, record_check
from app.plans.service.consents import withdraw_consent
from app.plans.service.drafting import PlanIncomplete, begin_plan, draft_of, drop_draft, keep_draft
from app.plans.service.referring import (
    ReferralBlocked,
    ReferralDetails,
    ReplyDetails,
    blocks_of,
    change_referral,
    draft_referral,
    end_referral,
    record_reply,
    send_referral,
)
from app.plans.service.signing import plan_text, sign_plan

__all__ = [
    "CheckDetails", "PlanIncomplete", "ReferralBlocked", "ReferralDetails", "ReplyDetails", "ask_for_approval", "begin_plan", "blocks_of",
    "change_referral", "draft_of", "draft_referral", "drop_draft", "end_referral", "end_service", "judge_goal", "keep_draft",
    "plan_text", "record_check", "record_reply", "send_referral", "sign_plan", "take_back", "withdraw_consent",
]  # fmt: skip
