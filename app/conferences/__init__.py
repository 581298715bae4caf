"""사례회의: one meeting, many households, decisions that move cases when the minutes are confirmed."""
