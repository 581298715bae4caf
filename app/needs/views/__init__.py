"""Pages of needs: the surveys of a household, one of them, the form itself. Answering stands where drafts are kept."""

from app.needs.views import instruments, showing
from app.needs.views.blueprint import blueprint

__all__ = ["blueprint", "instruments", "showing"]
