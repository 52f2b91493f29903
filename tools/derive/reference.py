"""Reference pages: one for each public name of `afterlaunch`, from signatures and docstrings."""

from __future__ import annotations

import inspect
import textwrap
from typing import TYPE_CHECKING

import afterlaunch
from derive.files import NOTICE, ROOT, Derived

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

FOLDER = ROOT / "docs/reference"


def derive() -> Derived:
    """Return the pages and their index."""
    areas: dict[str, list[str]] = {}
    for name in sorted(afterlaunch.__all__, key=str.lower):
        areas.setdefault(area_of(getattr(afterlaunch, name)), []).append(name)
    pages = {area: page(area, names) for area, names in sorted(areas.items())}
    pages["README"] = index(areas)
    notice = f"<!-- {NOTICE.format(source='docstrings')} -->"
    files = {FOLDER / f"{name}.md": f"{notice}\n{text}" for name, text in pages.items()}
    return Derived(files=files, folder=FOLDER, pattern="*.md")


def area_of(thing: object) -> str:
    """Return the part of the package that a public name comes from."""
    module = thing.__name__ if inspect.ismodule(thing) else thing.__module__
    return module.split(".")[1]


def index(areas: dict[str, list[str]]) -> str:
    """Return the page that lists all public names."""
    lines = [
        f"- [`al.{name}`]({area}.md): {summary(getattr(afterlaunch, name))}"
        for area, names in sorted(areas.items())
        for name in names
    ]
    return "\n".join(["# Reference\n", "`import afterlaunch as al`\n", *lines, ""])


def page(area: str, names: list[str]) -> str:
    """Return the page of one part of the package."""
    sections = (section(f"al.{name}", getattr(afterlaunch, name)) for name in names)
    return f"# {area}\n" + "".join(sections)


def section(title: str, thing: object) -> str:
    """Return what is said of one public name."""
    if inspect.ismodule(thing):
        return f"\n## `{title}`\n\n{documentation(thing)}\n" + "".join(members_of_module(title, thing))
    own = "".join(members(thing)) if inspect.isclass(thing) else ""
    return f"\n## `{title}`\n\n{described(title, thing)}{own}"


def members_of_module(title: str, module: ModuleType) -> Iterator[str]:
    """Yield a section for each public class and function of a module that has no section of its own."""
    own = (name for name, thing in vars(module).items() if getattr(thing, "__module__", None) == module.__name__)
    for name in sorted(getattr(module, "__all__", None) or own):
        thing = getattr(module, name)
        if not (name.startswith("_") or name in afterlaunch.__all__ or inspect.ismodule(thing)):
            yield f"\n### `{title}.{name}`\n\n{described(name, thing)}"


def members(kind: type) -> Iterator[str]:
    """Yield a section for each public method and property of a class, its own ones before inherited ones."""
    seen: set[str] = set()
    for owner in kind.__mro__:
        if not owner.__module__.startswith("afterlaunch"):
            continue
        for name, thing in vars(owner).items():
            if name.startswith("_") or name in seen or not documented(thing):
                continue
            seen.add(name)
            yield f"\n### `.{name}`\n\n{described(name, unwrapped(thing))}"


def documented(thing: object) -> bool:
    """Say whether a class attribute is a method or property; dataclass fields stand in the signature."""
    return bool(
        inspect.isfunction(thing) or isinstance(thing, (classmethod, staticmethod, property)) or hasattr(thing, "func")
    )


def unwrapped(thing: object) -> object:
    """Return the function behind a class or static method."""
    return thing.__func__ if isinstance(thing, (classmethod, staticmethod)) else thing


def described(name: str, thing: object) -> str:
    """Return signature and docstring."""
    call = signature(name, thing)
    return f"{call}{documentation(thing)}\n"


def signature(name: str, thing: object) -> str:
    """Return the signature as a code block; nothing for what is not called."""
    if not callable(thing) or isinstance(thing, property) or (inspect.isclass(thing) and issubclass(thing, Exception)):
        return ""
    try:
        parameters = inspect.signature(thing)
    except ValueError:
        return ""
    kept = [parameter for parameter in parameters.parameters.values() if parameter.name not in {"self", "cls"}]
    if any("object at 0x" in str(parameter) for parameter in kept):
        raise SystemExit(f"{name}: a default shows itself by its address; give it a __repr__")
    arguments = "".join(f"    {line},\n" for line in written(kept))
    returns = "" if inspect.isclass(thing) else f" -> {shown(parameters.return_annotation)}"
    call = f"{name}(\n{arguments})" if arguments else f"{name}()"
    return f"```python\n{call}{returns}\n```\n\n"


def written(parameters: list[inspect.Parameter]) -> Iterator[str]:
    """Yield the parameters as they are written, with the star before the first keyword-only one."""
    starred = False
    for parameter in parameters:
        starred |= parameter.kind is inspect.Parameter.VAR_POSITIONAL
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        text = str(parameter.replace(annotation=inspect.Parameter.empty))
        if parameter.annotation is inspect.Parameter.empty:
            yield text
            continue
        name, equals, default = text.partition("=")
        yield f"{name}: {shown(parameter.annotation)}{f' = {default}' if equals else ''}"


def shown(annotation: object) -> str:
    """Return an annotation as it is written in the source."""
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def documentation(thing: object) -> str:
    """Return the docstring with its examples as code blocks."""
    blocks = (inspect.getdoc(thing) or "").split("\n\n")
    return "\n\n".join(f"```python\n{block}\n```" if block.lstrip().startswith(">>>") else block for block in blocks)


def summary(thing: object) -> str:
    """Return the first paragraph on one line."""
    return textwrap.shorten((inspect.getdoc(thing) or "").partition("\n\n")[0], 200, placeholder=" …")
