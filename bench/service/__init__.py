"""The service under load: durable writes, a rep's day, and `kill -9`."""
