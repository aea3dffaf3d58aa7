"""What a way out of the product says when it is closed."""


class NotSent(Exception):
    """A text did not arrive at its address; the message says why, without the address."""
