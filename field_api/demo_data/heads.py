"""The names under which those above the reps log in to a made-up company."""

GENERAL_MANAGER, DIRECTOR, MANAGER, ADMIN = "gm", "director", "manager", "admin"
USERNAMES = (GENERAL_MANAGER, DIRECTOR, MANAGER, ADMIN)  # of the first region and district
