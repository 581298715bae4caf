"""One household's page (가구): safety first, what is due and why, and all that happened in one line of time."""
