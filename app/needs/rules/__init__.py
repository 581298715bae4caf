"""욕구·위기도 조사: domains and items as versioned data, first and latest beside each other. Pure."""

from app.needs.rules.vocabulary import NeedLevel

__all__ = ["NeedLevel"]
