"""제공기관: the directory of those who can help. Pure."""

from app.providers.rules.columns import ReadRow, read_providers
from app.providers.rules.details import (
    LINE_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    ProviderDetails,
    check_provider,
    services_from,
)
from app.providers.rules.finding import fits, rank
from app.providers.rules.needs import NeedItem, need_label
from app.providers.rules.vocabulary import ProviderKind

__all__ = [
    "LINE_LIMIT", "NAME_LIMIT", "NOTE_LIMIT", "NeedItem", "ProviderDetails", "ProviderKind", "ReadRow", "check_provider",
    "fits", "need_label", "rank", "read_providers", "services_from",
]  # fmt: skip
