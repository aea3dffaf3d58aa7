"""HTTP: dependency in, service call, return."""
