"""Paper: facts are gathered and masked, kept in the print register, and drawn by blind documents."""
