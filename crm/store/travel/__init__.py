"""Travel times and places, as engines told them."""
