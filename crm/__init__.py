"""The core: what we know of customers and what we promised them. Knows no HTTP, solver or map."""
