"""The one exception of the package."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["CrmError", "Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        code: Permanent, e.g. ``wire.integer.expected``.
        path: Where in the record, as a JSON pointer in the names of the wire, e.g. ``/seats``; empty for the record itself.
        params: What the sentence mentions: limits, positions, names. Never a value of the record.
    """

    code: str
    path: str
    params: Mapping[str, int | str] = field(hash=False)
    _en: str = field(repr=False, compare=False)
    _zh: str = field(repr=False, compare=False)

    def text(self, lang: str = "en") -> str:
        """The sentence: what is wrong, why, and what to do.

        Args:
            lang: A language tag; Chinese for everything that starts with ``zh``, English for everything else.
        """
        return self._zh if lang[:2].lower() == "zh" else self._en

    def __str__(self) -> str:
        place = f" at {self.path}" if self.path else ""
        return f"{self.code}{place}: {self._en}"


class CrmError(Exception):
    """What the core refused. A refusal never holds a value of the record and may be logged and shown as it is.

    Attributes:
        faults: Everything that is wrong, in the order of the record; at least one.
    """

    # Shown in tracebacks and kept in pickles: the name that users import.
    __module__ = "crm_core"

    faults: tuple[Fault, ...]

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        if not self.faults:
            raise ValueError("a refusal has at least one fault")
        super().__init__(self.faults)

    @property
    def code(self) -> str:
        """The permanent code of the first fault."""
        return self.faults[0].code

    @property
    def path(self) -> str:
        """The path of the first fault."""
        return self.faults[0].path

    @property
    def params(self) -> Mapping[str, int | str]:
        """The params of the first fault."""
        return self.faults[0].params

    def text(self, lang: str = "en") -> str:
        """The sentence of the first fault, in English or 中文 (``"zh"``)."""
        return self.faults[0].text(lang)

    def __str__(self) -> str:
        return "; ".join(str(fault) for fault in self.faults)

    @classmethod
    def _of(cls, faults: Iterable[tuple[str, str, Mapping[str, int | str], str, str]]) -> CrmError:
        return cls(Fault(*fault) for fault in faults)

    @classmethod
    def _of_text(cls, text: str) -> CrmError:
        faults = json.loads(text)["faults"]
        return cls(
            Fault(fault["code"], fault["path"], fault["params"], fault["text"]["en"], fault["text"]["zh"])
            for fault in faults
        )
