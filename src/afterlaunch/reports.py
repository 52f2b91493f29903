"""Reports that are a payload: what each says of itself, how it is written down and read back, what payloads share."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from afterlaunch.plain import read_payload
from afterlaunch.results import Payload, Report, View, ViewState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from afterlaunch.results import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its 95 % interval; None where there is none, where an end is without bound or cannot be told."""

    value: float | None
    low: float | None
    high: float | None


class Told(Payload, Protocol):
    """A payload that has its words: the verdict as a sentence, how sure it is, and the call that reproduces it."""

    @property
    def sentence(self) -> str:
        """The verdict as a sentence."""
        ...

    @property
    def evidence(self) -> str:
        """How sure the verdict is, in one line."""
        ...

    @property
    def code(self) -> str:
        """The call that reproduces the report."""
        ...


Data = TypeVar("Data", bound=Told)


def _new_view() -> View:
    return View(ViewState())


@dataclass(kw_only=True, eq=False, repr=False)
class PayloadReport(Report, Generic[Data]):
    """A report whose numbers and words are all in its payload; rows, where it has any, are kept beside it."""

    payload_class: ClassVar[type[Any]]
    format: ClassVar[int] = 1  # of what `to_dict` writes
    data: Data
    view: View = field(default_factory=_new_view)

    @property
    def sentence(self) -> str:
        """The verdict as a sentence."""
        return self.data.sentence

    @property
    def evidence(self) -> str:
        """How sure the verdict is."""
        return self.data.evidence

    def payload(self, *, rows: bool = False) -> Data:
        """Return what the panel is drawn from. It draws no rows, so `rows` adds nothing."""
        del rows
        return self.data

    def code(self) -> str:
        """Return the call that reproduces the report."""
        return self.data.code

    def to_dict(self) -> dict[str, Plain]:
        """Return the report as plain values; `from_dict` reads them back."""
        plain: dict[str, Any] = {"payload": asdict(self.data)}  # pyright: ignore[reportArgumentType] - a payload is a dataclass
        return {"kind": self.kind, "format": self.format, "verdict": self.verdict, **plain}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Return the report that `to_dict` wrote; it has no rows. Raises `BadFile` where it is damaged."""
        return cls(data=read_payload(plain, cls.payload_class, kind=cls.kind, written=cls.format))
