"""What waits for somebody's decision, with what it would change."""
