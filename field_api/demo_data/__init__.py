"""A large company, all made up: what `callcycle demo-data` fills an empty database with."""
