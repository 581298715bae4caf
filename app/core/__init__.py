"""What every slice stands on: the clock, the database, text, tables, privacy. Knows no slice."""
