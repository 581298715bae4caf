"""현장 안전: who is out, until when, what happened to them, and whom to call."""
