"""Record what happened at the door, correct it, and keep what is being typed."""

from app.visits.service.checking import ProblemsFound
from app.visits.service.correcting import correct_visit
from app.visits.service.drafts import discard_draft, forget_old_drafts, save_draft
from app.visits.service.filling import HEALTH_TEXTS, TEXTS, snapshot
from app.visits.service.overtaken import overtaken_in_visit
from app.visits.service.planning import cancel_plans_of, cancel_visit, move_visit, plan_visit, slot_of, undo_change
from app.visits.service.recording import log_absence, log_visit

__all__ = [
    "HEALTH_TEXTS", "TEXTS", "ProblemsFound", "cancel_plans_of", "cancel_visit", "correct_visit", "discard_draft", "forget_old_drafts",
    "log_absence", "log_visit", "move_visit", "overtaken_in_visit", "plan_visit", "save_draft", "slot_of", "snapshot", "undo_change",
]  # fmt: skip
