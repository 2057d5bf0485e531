"""What was found of late."""

from typing import Final, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

MOST: Final = 1 << 15
"""How many things are kept at most."""


class Recent(dict[_Key, _Value]):
    """A dict for what can be found again: it forgets everything when it has very many."""

    def __setitem__(self, key: _Key, value: _Value) -> None:
        """Keep a value."""
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(key, value)
