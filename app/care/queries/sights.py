"""What somebody may see of a household's care."""

from __future__ import annotations

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can, in_scope, responsible
from app.care.rules.sight import Sight
from app.households.models import Household


def sight_of(who: Identity, household: Household) -> Sight:
    """What `who` may see; of a household out of scope nothing but what is shared by everybody in scope."""
    is_close = in_scope(who, household) and (who.role is Role.SUPERVISOR or responsible(who, household))
    return Sight(who.account_id, can(who, Permission.READ_NURSING_NOTE, household), is_close)
