"""보호 조치: suspicion of abuse and risk of suicide, dealt with at once and seen by few."""
