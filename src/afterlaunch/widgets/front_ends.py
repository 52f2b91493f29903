"""Who shows the output of the cell that is running: asked of the request, since two front ends can share a kernel."""

from __future__ import annotations

import os
import sys
from typing import Any

VOILA = "voila"
VSCODE_CELL = "vscode-"


def running_kernel() -> Any | None:  # noqa: ANN401  (ipykernel has no types)
    """Return the Jupyter kernel of this process, or None."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None)


def in_voila() -> bool:
    """Whether voila runs this kernel: it loads our JupyterLab extension, but has no session that it could join."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith(VOILA)


def needs_widget_view() -> bool:
    """Whether the front end is live by a widget view alone: VS Code, Colab and voila.

    Anywhere else a widget view can become an endless "Loading widget...": whoever is unknown gets none.
    """
    kernel = running_kernel()
    if in_voila():
        return True
    if kernel is None or _runs_headless(kernel):
        return False
    return "google.colab" in sys.modules or _asked_by_vscode(kernel)


def _runs_headless(kernel: Any) -> bool:  # noqa: ANN401
    # nbclient (so nbconvert --execute, papermill, quarto) runs cells without standard input; its page would be blank
    # offline with a widget view in it.
    return not getattr(kernel, "_allow_stdin", True)


def _asked_by_vscode(kernel: Any) -> bool:  # noqa: ANN401
    try:
        metadata = kernel.get_parent("shell").get("metadata", {})
    except (AttributeError, LookupError, TypeError):
        return False
    cell = str(metadata.get("cellId", ""))
    # VS Code leaves this name in the namespace for ever: it counts only where no cell is named.
    return cell.startswith(VSCODE_CELL) or (not cell and "__vsc_ipynb_file__" in kernel.shell.user_ns)
