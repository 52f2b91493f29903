"""Which front ends get a widget view: one kernel, and requests as each front end sends them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

from afterlaunch.widgets.front_ends import needs_widget_view

ROOT = Path(__file__).parents[2]
ASK = "from afterlaunch.widgets.front_ends import needs_widget_view; print(needs_widget_view())"
IN_VSCODE = "__vsc_ipynb_file__ = 'a.ipynb'; "
IN_COLAB = "import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab'); "
IN_VOILA = "import os; os.environ['SERVER_SOFTWARE'] = 'voila/0.5'; "


@pytest.fixture
def ask():
    """Run code as a front end would, in a fresh kernel; return what it printed."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(env=os.environ | {"PYTHONPATH": path})
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)

    def run(code, *, stdin=True, **metadata):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "stop_on_error": True}
        message = client.session.msg("execute_request", {**content, "allow_stdin": stdin}, metadata=metadata)
        client.shell_channel.send(message)
        printed = []
        while True:
            reply = client.get_iopub_msg(timeout=60)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if reply["msg_type"] == "stream":
                printed.append(reply["content"]["text"])
            assert reply["msg_type"] != "error", reply["content"]["traceback"]
            if reply["content"].get("execution_state") == "idle":
                return "".join(printed).strip()

    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_each_front_end_gets_what_it_can_show(ask):
    assert ask(ASK, cellId="6d1f2c0e") == "False"  # JupyterLab, Notebook 7
    assert ask(ASK) == "False"  # unknown
    assert ask(ASK, stdin=False) == "False"  # nbclient
    assert ask(IN_VSCODE + ASK, cellId="vscode-notebook-cell:/a.ipynb#W0") == "True"
    assert ask(IN_VSCODE + ASK) == "True"  # VS Code that names no cell
    assert ask(IN_VSCODE + ASK, cellId="6d1f2c0e") == "False"  # JupyterLab, after VS Code in the same kernel
    assert ask(IN_COLAB + ASK, cellId="6d1f2c0e") == "True"
    assert ask(IN_VOILA + ASK, stdin=False) == "True"


def test_no_kernel_needs_no_widget_view():
    assert not needs_widget_view()
