"""The fictional 한빛구: who lives there, who looks after them, and a year of what was written at their doors.

`story.plan_story` makes the whole plan from a date and a seed, with the standard library and `seed_data/` only;
loading it into a database is another module's work, through the services. Nobody in it exists.
"""
