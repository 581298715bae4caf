"""Pages of plans, their checks, and referrals."""

from app.plans.views import acting, checking, editing, referrals, showing, signing, worklist
from app.plans.views.blueprint import blueprint

__all__ = ["acting", "blueprint", "checking", "editing", "referrals", "showing", "signing", "worklist"]
