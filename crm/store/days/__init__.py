"""Days as they were published, and what stands on them besides."""
