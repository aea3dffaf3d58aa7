"""The planning library: plain values in, a checked `Plan` out. Knows no database, web or map."""
