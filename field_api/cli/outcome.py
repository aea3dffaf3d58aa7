"""What the commands end with."""

DONE = 0
FAILED = 1
WRONG_CALL = 2
REFUSED = 3
INTERRUPTED = 130  # by Ctrl-C, as shells have it
