"""제공기관: the directory of those who can help."""
