"""Other planners on the same days and cycles, one a file; they are dependencies of the bench."""
