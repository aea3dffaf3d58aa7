"""The `callcycle` command line, one file a noun."""
