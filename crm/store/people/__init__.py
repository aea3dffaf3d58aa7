"""People: who they are, how they log in, and what reaches them."""
