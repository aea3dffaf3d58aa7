"""What if: a district reckoned otherwise, aside from what is in force; compared, applied or not."""
