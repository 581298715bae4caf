"""자동 작업: what the timetable does, for the administrator to see and to start by hand."""
