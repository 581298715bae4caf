"""What ran by itself, when, and how it ended. The timetable itself is `app/scheduler.py`."""
