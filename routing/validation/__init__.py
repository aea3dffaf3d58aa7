"""What makes a problem sound, one part of it a file."""
