"""What keeps a change from being checked by itself."""


class UnboundedError(Exception):
    """What a change reaches is not known, or is too much: everything is to be checked. The text says why."""
