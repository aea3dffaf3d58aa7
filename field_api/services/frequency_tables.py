"""The company's table of visit frequencies."""
