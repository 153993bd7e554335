"""The base of the enums whose members hold no data."""

from enum import Enum

__all__ = ["Choice"]


class Choice(str, Enum):
    """One of a fixed set of words; each member is the text that stands on the wire."""

    def __str__(self) -> str:
        # The same in every version of Python: 3.10 and 3.11 differ for a mixed-in str.
        value: str = self.value
        return value

    def __format__(self, format_spec: str) -> str:
        return format(str(self), format_spec)
