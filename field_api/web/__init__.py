"""The pages: templates written by the server, and the scripts and styles that they load."""
