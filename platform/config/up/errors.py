"""The one error of this package: a sentence, in Chinese and English, that says what to do next."""


class UpError(Exception):
    """The site cannot be started or kept up; the message tells the operator what to do."""
