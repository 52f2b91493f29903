"""TypeScript types of what crosses from Python to the page, from the dataclasses of payloads and of the view state."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from derive.files import PACKAGE, ROOT, Derived, name_of, typescript

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "js/src/contract"
WORDS = {"int": "number", "float": "number", "str": "string", "bool": "boolean"}
Definition = ast.ClassDef | ast.AnnAssign


def derive() -> Derived:
    """Return one file for `results` and one for every `payload.py`."""
    sources = {FOLDER / "results.ts": (PACKAGE / "results.py", re.compile(r"ViewState"))}
    for payload in sorted(PACKAGE.rglob("payload.py")):
        sources[FOLDER / f"{payload.parent.name}.ts"] = (payload, re.compile(r"\w+Payload"))
    files = {target: write(target, source, roots) for target, (source, roots) in sources.items()}
    return Derived(files=files, folder=FOLDER, pattern="*.ts")


def write(target: Path, source: Path, roots: re.Pattern[str]) -> str:
    """Return the types that match `roots`, after all that they are made of."""
    module = read(source)
    writer = Writer(module)
    for name in module.definitions:
        if roots.fullmatch(name):
            writer.add(name)
    return typescript(target, source=name_of(source), body="\n".join(writer.written.values()))


@dataclass(frozen=True, slots=True)
class Module:
    """A Python source: its lines, the dataclasses and type aliases defined in it, and the modules of imported names."""

    lines: list[str]
    definitions: dict[str, Definition]
    imported: dict[str, Path]

    def comment(self, node: ast.AST) -> str | None:
        """Return the comment at the end of the line on which `node` ends."""
        rest = self.lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode()
        return rest.partition("#")[2].strip() or None


@cache
def read(path: Path) -> Module:
    """Return what a source defines."""
    text = path.read_text("utf-8")
    definitions: dict[str, Definition] = {}
    imported: dict[str, Path] = {}
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.ClassDef(name=name):
                definitions[name] = node
            case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias")):
                definitions[name] = node
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("afterlaunch."):
                home = PACKAGE.parent / (module.replace(".", "/") + ".py")
                imported |= {name.name: home for name in names if home.exists()}
    return Module(text.splitlines(), definitions, imported)


@dataclass(slots=True)
class Writer:
    """Writes types, each after those that it names."""

    module: Module
    written: dict[str, str] = field(default_factory=dict)

    def add(self, name: str) -> None:
        """Write the type `name` unless it is written."""
        if name in self.written:
            return
        if name not in self.module.definitions:
            self._add_imported(name)
            return
        definition = self.module.definitions[name]
        text = self._interface(definition) if isinstance(definition, ast.ClassDef) else self._alias(name, definition)
        self.written[name] = text

    def _add_imported(self, name: str) -> None:
        if name not in self.module.imported:
            raise SystemExit(f"no TypeScript for {name!r}: use {', '.join(WORDS)}, tuples, Literal, or a dataclass")
        Writer(read(self.module.imported[name]), self.written).add(name)

    def _alias(self, name: str, node: ast.AnnAssign) -> str:
        if node.value is None:
            raise SystemExit(f"the alias {name!r} stands for nothing")
        return f"{_comment(self.module.comment(node))}export type {name} = {self.type(node.value)};\n"

    def _interface(self, node: ast.ClassDef) -> str:
        fields = [
            f"{_comment(self.module.comment(part))}readonly {part.target.id}: {self.type(part.annotation)};"
            for part in node.body
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
        ]
        return "\n".join([f"{_comment(ast.get_docstring(node))}export interface {node.name} {{", *fields, "}\n"])

    def type(self, node: ast.expr) -> str:  # noqa: PLR0911  # one return a kind of annotation
        """Return a Python annotation in TypeScript."""
        match node:
            case ast.Constant(value=None):
                return "null"
            case ast.Name(id=name):
                if name not in WORDS:
                    self.add(name)
                return WORDS.get(name, name)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return f"{self.type(left)} | {self.type(right)}"
            case ast.Subscript(value=ast.Name(id="Literal"), slice=values):
                return " | ".join(json.dumps(ast.literal_eval(value)) for value in _parts(values))
            case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[part, ast.Constant(value=end)])) if (
                end is ...
            ):
                return f"readonly ({self.type(part)})[]"
            case ast.Subscript(value=ast.Name(id="tuple"), slice=parts):
                return f"readonly [{', '.join(self.type(part) for part in _parts(parts))}]"
            case ast.Subscript(value=ast.Name(id="Mapping" | "dict"), slice=ast.Tuple(elts=[key, value])):
                return f"Readonly<Record<{self.type(key)}, {self.type(value)}>>"
        raise SystemExit(
            f"no TypeScript for {ast.unparse(node)!r}: use tuples, Literal, unions, Mapping or a dataclass"
        )


def _parts(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _comment(text: str | None) -> str:
    if text is None:
        return ""
    lines = text.replace("*/", "* /").splitlines()
    if len(lines) == 1:
        return f"/** {lines[0]} */\n"
    return "\n".join(["/**", *(f" * {line}".rstrip() for line in lines), " */\n"])
