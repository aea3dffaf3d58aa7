"""What goes over the wire: shapes, bounds and examples; no rules of the trade."""
