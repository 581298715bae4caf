"""후속 일정: care terms, contacts that happened, and the one engine that says what is due, when and why."""
