"""Work beside requests: who does it, what kinds there are, and who sees that it is done."""
