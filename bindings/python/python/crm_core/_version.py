"""The version of the package: that of the native library."""

from ._native import __version__

__all__ = ["__version__"]
