"""Forms that know which version of a record they were drawn from, so that nobody writes over what they never saw."""

from __future__ import annotations

from app.core.errors import StaleRecord
from app.core.keys import key_typed
from app.web.forms import KoreanForm, SentBackField


class VersionForm(KoreanForm):
    """A form that sends back the version its page was drawn from."""

    version = SentBackField()

    @property
    def opened_version(self) -> int:
        """The version the page was drawn from; nonsense is 0, which is never the newest."""
        return key_typed(self.version.data)

    def stand_on(self, version: int) -> None:
        """Where somebody else was quicker: let the form be sent once more over what its person now sees."""
        if isinstance(self.broken, StaleRecord):
            self.version.data = str(version)
