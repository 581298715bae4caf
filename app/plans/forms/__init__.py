"""Forms of plans, checks and referrals."""

from app.plans.forms.checks import BeginForm, CheckForm, EndServiceForm, ReachForm
from app.plans.forms.editor import PlanForm, typed_of
from app.plans.forms.referrals import EndReferralForm, ReferralForm, ReplyForm, SendForm

__all__ = [
    "BeginForm", "CheckForm", "EndReferralForm", "EndServiceForm", "PlanForm", "ReachForm", "ReferralForm", "ReplyForm",
    "SendForm", "typed_of",
]  # fmt: skip
