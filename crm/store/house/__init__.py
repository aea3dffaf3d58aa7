"""The audit trail, jobs, and what left the house."""
