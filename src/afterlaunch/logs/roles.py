"""Which column plays which part in a log, and the checks that need names alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, TypeVar, cast, get_args

from afterlaunch.errors import BadColumn, BadOption, MissingColumn
from afterlaunch.logs.names import missing_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Task: TypeAlias = Literal["binary", "multiclass", "regression"]
Score: TypeAlias = "str | Mapping[object, str] | None"
SEGMENT, FEATURE = "a segment", "a feature"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class NamedColumns:
    """What the roles of every log have in common: `SINGLE` are those that one column plays, or none."""

    SINGLE: ClassVar[tuple[str, ...]] = ("time",)

    time: str | None = None
    noun: str = field(default="rows")

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield (role, column) for every column that was named."""
        for role in self.SINGLE:
            name = getattr(self, role)
            if name is not None:
                yield role, name

    def as_called(self, renamed: Mapping[str, str]) -> dict[str, Any]:
        """Return the fields that name columns, under the names that the table has."""
        named = {role: getattr(self, role) for role in self.SINGLE}
        return {role: None if name is None else renamed.get(name, name) for role, name in named.items()}

    def check_options(self) -> None:
        """Raise `BadOption` where what was given for a role is no name."""
        for role in self.SINGLE:
            name = getattr(self, role)
            if name is not None and not isinstance(name, str):
                raise BadOption(f"{role}={name!r} is no column name: write {role}='{role}'")


SomeRoles = TypeVar("SomeRoles", bound=NamedColumns)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Roles(NamedColumns):
    """The columns that a user named, by role; `features` is filled in by the log where none were named."""

    SINGLE: ClassVar[tuple[str, ...]] = (
        "time",
        "prediction",
        "target",
        "target_time",
        "version",
        "id",
        "accepted",
        "propensity",
        "noise",
    )

    features: tuple[str, ...] = ()
    prediction: str | None = None
    score: str | Mapping[object, str] | None = None
    target: str | None = None
    target_time: str | None = None
    segments: tuple[str, ...] = ()
    version: str | None = None
    id: str | None = None
    accepted: str | None = None
    propensity: str | None = None
    noise: str | None = None
    positive: object = 1
    task: Task | None = None

    @property
    def scores(self) -> tuple[str, ...]:
        """The score columns: one, or one a class."""
        if self.score is None:
            return ()
        return (self.score,) if isinstance(self.score, str) else tuple(self.score.values())

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield (role, column) for every column that was named, segments and features last."""
        yield from NamedColumns.named(self)
        yield from (("score", name) for name in self.scores)
        yield from ((SEGMENT, name) for name in self.segments)
        yield from ((FEATURE, name) for name in self.features)

    def as_called(self, renamed: Mapping[str, str]) -> dict[str, Any]:
        """Return the fields that name columns, under the names that the table has."""
        score = self.score
        if isinstance(score, Mapping):
            score = {label: renamed.get(name, name) for label, name in score.items()}
        return {
            **NamedColumns.as_called(self, renamed),
            "score": score if score is None or isinstance(score, Mapping) else renamed.get(score, score),
            "segments": tuple(renamed.get(name, name) for name in self.segments),
            "features": tuple(renamed.get(name, name) for name in self.features),
        }

    def check_options(self) -> None:
        """Raise `BadOption` where what was given for a role is no name, or the task is none."""
        if self.task is not None and self.task not in get_args(Task):
            raise BadOption(f"task={self.task!r} is none of {', '.join(get_args(Task))}")
        NamedColumns.check_options(self)
        score = cast("object", self.score)
        if score is not None and not isinstance(score, str | Mapping):
            raise BadOption(f"score={score!r} is no column name: write score='score' or a mapping of class to column")


def as_names(names: object, role: str) -> tuple[str, ...]:
    """Return one name or several as a tuple; raise `BadOption` where they are not names."""
    if names is None:
        return ()
    if isinstance(names, str):
        return (names,)
    if not isinstance(names, Sequence) and not hasattr(names, "__iter__"):
        raise BadOption(f"{role}={names!r} is not a list of column names: write ['age', 'income']")
    return tuple(dict.fromkeys(str(name) for name in cast("Sequence[object]", names)))


def as_sentences(notes: str | Iterable[str]) -> tuple[str, ...]:
    """Return one note or several as a tuple."""
    return (notes,) if isinstance(notes, str) else tuple(notes)


def check_roles(
    roles: SomeRoles, have: Sequence[str], *, renamed: Mapping[str, str], left_out: Mapping[str, str]
) -> SomeRoles:
    """Return the roles under the names that the table has; raise on a column that is missing or plays two roles."""
    roles.check_options()
    found = replace(roles, **roles.as_called(renamed))
    known = set(have)
    for role, name in found.named():
        if name not in known and name in left_out:
            raise MissingColumn(f"column {name!r} cannot be used for {role}: {left_out[name]}")
        if name not in known:
            raise missing_column(name, role, have)
    _check_once(found)
    return found


def _check_once(roles: NamedColumns) -> None:
    """Raise `BadColumn` where a column has two roles; segments alone may be something else too."""
    first: dict[str, str] = {}
    for role, name in roles.named():
        if role == SEGMENT:
            continue
        if name in first:
            raise BadColumn(f"column {name!r} is named as {first[name]} and as {role}: name it once")
        first[name] = role
