"""Business rules as pure functions: values in, values out; none asks the clock or a database."""
