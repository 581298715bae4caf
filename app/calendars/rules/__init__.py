"""The pure rules of the calendar: weeks, months, what stands where."""
