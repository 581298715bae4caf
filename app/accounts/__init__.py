"""Districts, centres, people of the staff, and the sessions they work in."""
