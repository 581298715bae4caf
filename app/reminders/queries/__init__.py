"""Read what people are to be reminded of. Every number is counted by the query of the page it leads to."""

from app.reminders.queries.mornings import see_morning
from app.reminders.queries.people import list_at_work, list_working_centres, list_working_districts, watchers_of
from app.reminders.queries.responsible import hearers_of
from app.reminders.queries.suspects import Suspect, list_suspects
from app.reminders.queries.weeks import VisitOfWeek, list_week_visits, see_week

__all__ = [
    "Suspect", "VisitOfWeek", "hearers_of", "list_at_work", "list_suspects", "list_week_visits", "list_working_centres", "list_working_districts",
    "see_morning", "see_week", "watchers_of",
]  # fmt: skip
