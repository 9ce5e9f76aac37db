"""Why a request was not made, or brought nothing: one class per cause, each with a sentence for the operator."""


class EgressError(Exception):
    """No usable answer. The text names no secret: never the headers, never the query."""


class Refused(EgressError):
    """The address may not be asked at all."""


class Unreachable(EgressError):
    """Nobody answered: no such name, no connection, a broken or closed one, a certificate that is not theirs."""


class BrokenOff(Unreachable):
    """The connection stood and broke off: the request may have arrived."""


class TooSlow(EgressError):
    """The whole answer did not come before the deadline."""


class TooLarge(EgressError):
    """The answer is longer than the limit."""


class Redirected(EgressError):
    """The answer points elsewhere; it is not followed."""
