"""돌봄 기록: problems that both professions share, what was done about them, and medicines."""
