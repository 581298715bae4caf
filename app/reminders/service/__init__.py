"""Remind people, in the inbox and by mail, each of each thing once."""

from app.reminders.service.consents import remind_of_consents
from app.reminders.service.escalating import escalate
from app.reminders.service.reminding import Reminder, Words, remind, remind_of_week

__all__ = ["Reminder", "Words", "escalate", "remind", "remind_of_consents", "remind_of_week"]
