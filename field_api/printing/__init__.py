"""Tables on paper: what people print and carry."""
