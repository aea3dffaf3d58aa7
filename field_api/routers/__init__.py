"""HTTP routes: dependency in, service call, return."""
