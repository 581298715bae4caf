"""What the calendar keeps of its own."""
