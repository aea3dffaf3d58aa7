"""The hard rules, one a file, each a function from `Facts` to the places where it is broken."""
