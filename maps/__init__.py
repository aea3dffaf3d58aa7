"""Geography: coordinate systems, geocoding, and maps drawn by folium from plain view data."""
