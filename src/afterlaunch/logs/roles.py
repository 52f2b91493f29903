"""Which column plays which part in a log, and the checks that need names alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, get_args

from afterlaunch.errors import BadColumn, BadOption, MissingColumn
from afterlaunch.logs.names import missing_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Task: TypeAlias = Literal["binary", "multiclass", "regression"]
Score: TypeAlias = "str | Mapping[object, str] | None"
SEGMENT, FEATURE = "a segment", "a feature"
NAMES = ("time", "prediction", "target", "target_time", "version", "id", "accepted", "propensity", "noise")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Roles:
    """The columns that a user named, by role; `features` is filled in by the log where none were named."""

    time: str | None = None
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
    noun: str = field(default="rows")

    @property
    def scores(self) -> tuple[str, ...]:
        """The score columns: one, or one a class."""
        if self.score is None:
            return ()
        return (self.score,) if isinstance(self.score, str) else tuple(self.score.values())

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield (role, column) for every column that was named, segments and features last."""
        for role in NAMES:
            name = getattr(self, role)
            if name is not None:
                yield role, name
        yield from (("score", name) for name in self.scores)
        yield from ((SEGMENT, name) for name in self.segments)
        yield from ((FEATURE, name) for name in self.features)


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


def check_roles(roles: Roles, have: Sequence[str], *, renamed: Mapping[str, str], left_out: Mapping[str, str]) -> Roles:
    """Return the roles under the names that the table has; raise on a column that is missing or plays two roles."""
    if roles.task is not None and roles.task not in get_args(Task):
        raise BadOption(f"task={roles.task!r} is none of {', '.join(get_args(Task))}")
    _check_names(roles)
    found = _rename(roles, renamed)
    known = set(have)
    for role, name in found.named():
        if name not in known and name in left_out:
            raise MissingColumn(f"column {name!r} cannot be used for {role}: {left_out[name]}")
        if name not in known:
            raise missing_column(name, role, have)
    _check_once(found)
    return found


def _check_names(roles: Roles) -> None:
    for role in NAMES:
        name = getattr(roles, role)
        if name is not None and not isinstance(name, str):
            raise BadOption(f"{role}={name!r} is no column name: write {role}='{role}'")
    score = cast("object", roles.score)
    if score is not None and not isinstance(score, str | Mapping):
        raise BadOption(f"score={score!r} is no column name: write score='score' or a mapping of class to column")


def _rename(roles: Roles, renamed: Mapping[str, str]) -> Roles:
    def here(name: str | None) -> str | None:
        return None if name is None else renamed.get(name, name)

    score = roles.score
    if isinstance(score, Mapping):
        score = {label: renamed.get(name, name) for label, name in score.items()}
    return replace(
        roles,
        **{role: here(getattr(roles, role)) for role in NAMES},
        score=score if isinstance(score, Mapping) else here(score),
        segments=tuple(renamed.get(name, name) for name in roles.segments),
        features=tuple(renamed.get(name, name) for name in roles.features),
    )


def _check_once(roles: Roles) -> None:
    """Raise `BadColumn` where a column has two roles; segments alone may be something else too."""
    first: dict[str, str] = {}
    for role, name in roles.named():
        if role == SEGMENT:
            continue
        if name in first:
            raise BadColumn(f"column {name!r} is named as {first[name]} and as {role}: name it once")
        first[name] = role
