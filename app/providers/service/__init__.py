"""Keep the directory of providers."""

from app.providers.service.keeping import (
    add_provider,
    change_provider,
    end_provider,
    import_providers,
    restore_provider,
)

__all__ = ["add_provider", "change_provider", "end_provider", "import_providers", "restore_provider"]
