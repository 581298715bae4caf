"""The pages of photos and signatures."""

from app.attachments.views import photos, pictures, waiting
from app.attachments.views.blueprint import blueprint

__all__ = ["blueprint", "photos", "pictures", "waiting"]
