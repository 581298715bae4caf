"""제공기관: the directory of those who can help. Pure."""

from app.providers.rules.vocabulary import ProviderKind

__all__ = ["ProviderKind"]
