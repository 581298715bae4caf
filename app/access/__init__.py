"""Who may do what: permissions, the identity that asks, and one policy table. Pure; needs no database."""
