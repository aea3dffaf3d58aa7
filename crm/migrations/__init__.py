"""The tables' versions, in order."""
