"""Pages of plans, their checks, and referrals."""

from app.plans.views import acting, checking, consents, editing, referrals, showing, signing, worklist
from app.plans.views.blueprint import blueprint

__all__ = ["acting", "blueprint", "checking", "consents", "editing", "referrals", "showing", "signing", "worklist"]
