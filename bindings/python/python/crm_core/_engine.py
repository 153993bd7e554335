"""The base of every engine."""

from __future__ import annotations

from ._native import Handle

__all__ = ["Engine"]


class Engine:
    """Loaded, immutable, shared between threads. Its native half is freed with the last reference to it."""

    __slots__ = ("_handle",)
    _handle: Handle
