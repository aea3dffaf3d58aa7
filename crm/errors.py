"""Errors that are meant for people: a text with its values, translated where it is shown."""


class Refused(Exception):
    """What was asked cannot be done, or the data given cannot be used.

    `text` is an English template with named `{placeholders}`, `params` its values; `str()` is
    the English text. The command line shows it in the reader's language and ends with code 3.
    """

    def __init__(self, text: str, **params: object) -> None:
        super().__init__(text.format(**params) if params else text)
        self.text = text
        self.params = params
