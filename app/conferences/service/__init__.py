"""Plan conferences, keep their agendas and minutes, confirm them and so move the cases."""

from app.conferences.service.addenda import add_addendum
from app.conferences.service.agenda import add_cases, item_of, move_item, remove_item
from app.conferences.service.confirming import MinutesRefused, confirm_minutes, gaps_now
from app.conferences.service.drafting import draft_of, keep_minutes
from app.conferences.service.planning import ConferenceDetails, drop_conference, plan_conference

__all__ = [
    "ConferenceDetails", "MinutesRefused", "add_addendum", "add_cases", "confirm_minutes", "draft_of", "drop_conference",
    "gaps_now", "item_of", "keep_minutes", "move_item", "plan_conference", "remove_item",
]  # fmt: skip
