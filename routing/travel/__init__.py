"""Travel times and distances between places, one provider a file."""
