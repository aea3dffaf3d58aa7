"""Plans: asked for, read, compared, confirmed, printed and handed over."""
