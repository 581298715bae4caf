"""Who is responsible for a household, since when, and who covers during leave."""
