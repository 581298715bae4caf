"""Read attachments: within the scope of who asks, and health pictures only for those who may see them."""

from app.attachments.queries.records import (
    AttachmentRecord,
    count_photos,
    get_attachment,
    list_known_keys,
    list_of_visit,
    list_of_visits,
    list_photos,
)

__all__ = [
    "AttachmentRecord", "count_photos", "get_attachment", "list_known_keys", "list_of_visit", "list_of_visits", "list_photos",
]  # fmt: skip
