"""Places on the earth: coordinate systems, where they hold, and links that hand a place over.

Pure values, known to the core and to the maps; knows neither.
"""
