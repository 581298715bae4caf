"""Read planned visits, dues, leave and load by day, within the scope of who asks."""
