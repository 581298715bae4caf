"""챙김: what people are reminded of without looking: the morning's work, the week behind, and what stays undone too long."""
