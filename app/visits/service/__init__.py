"""Record what happened at the door, correct it, and keep what is being typed."""

from app.visits.service.asking import ask_companions
from app.visits.service.cancelling import log_cancelled, plans_of_day
from app.visits.service.checking import ProblemsFound
from app.visits.service.correcting import correct_visit, first_texts
from app.visits.service.drafts import discard_draft, forget_old_drafts, save_draft
from app.visits.service.filling import HEALTH_TEXTS, TEXTS, snapshot
from app.visits.service.one_door import SEPARATE, SameVisit, log_at_door
from app.visits.service.overtaken import overtaken_in_visit
from app.visits.service.planning import cancel_plans_of, cancel_visit, move_visit, plan_visit, slot_of, undo_change
from app.visits.service.recording import log_absence, log_visit
from app.visits.service.second_notes import add_second_note, correct_second_note, facts_of, second_texts
from app.visits.service.voiding import revive_visit, void_visit

__all__ = [
    "HEALTH_TEXTS", "SEPARATE", "TEXTS", "ProblemsFound", "SameVisit", "add_second_note", "ask_companions", "cancel_plans_of", "cancel_visit", "correct_second_note", "correct_visit", "discard_draft", "facts_of", "first_texts", "forget_old_drafts",
    "log_absence", "log_at_door", "log_cancelled", "log_visit", "move_visit", "overtaken_in_visit", "plan_visit", "plans_of_day", "revive_visit", "save_draft", "second_texts", "slot_of", "snapshot", "undo_change", "void_visit",
]  # fmt: skip
