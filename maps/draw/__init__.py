"""One file a picture. Each has `html(view, ...)` for the page and `write(path, view, ...)`."""
