"""TLS in the office's own network: a certificate authority of this machine's, for phones."""
