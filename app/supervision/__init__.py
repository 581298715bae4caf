"""Watching over the work: the access-log review."""
