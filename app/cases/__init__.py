"""사례: from intake to the end of aftercare, with clocks, approvals and reasons."""
