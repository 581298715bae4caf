"""Read who is out, restricted tasks and public numbers, within the reader's scope."""

from app.safety.queries.protection import Hotline, get_protection, list_hotlines, list_protection

__all__ = ["Hotline", "get_protection", "list_hotlines", "list_protection"]
