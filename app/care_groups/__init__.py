"""관리군: who is watched how closely by the nurse, proposed from readings, decided by her; registration and discharge."""
