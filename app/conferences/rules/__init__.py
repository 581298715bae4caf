"""사례회의: one meeting, many households, decisions that move cases when the minutes are confirmed. Pure."""

from app.conferences.rules.vocabulary import ConferenceKind, Decision, Matter

__all__ = ["ConferenceKind", "Decision", "Matter"]
