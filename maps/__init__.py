"""Geography: coordinate systems, and maps drawn by folium from plain view data."""
