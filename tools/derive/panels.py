"""The list of panels: every file in `js/src/panels` that exports `panel`, under the kind that is its name."""

from __future__ import annotations

import re

from derive.files import ROOT, Derived, typescript

FOLDER = ROOT / "js/src/panels"
EXPORT = re.compile(r"^export const panel\b", re.MULTILINE)


def derive() -> Derived:
    """Return `index.ts`."""
    kinds = sorted(path.stem for path in FOLDER.glob("*.ts*") if EXPORT.search(path.read_text("utf-8")))
    names = {kind: re.sub(r"[-_](\w)", lambda found: found[1].upper(), kind) for kind in kinds}
    imports = "\n".join(f'import {{ panel as {name} }} from "./{kind}";' for kind, name in names.items())
    entries = ", ".join(kind if kind == name else f'"{kind}": {name}' for kind, name in names.items())
    index = FOLDER / "index.ts"
    body = f"{imports}\n\nexport const panels = {{ {entries} }};\n"
    return Derived(files={index: typescript(index, source="the files beside it", body=body)})
