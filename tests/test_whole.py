"""Files are written whole or not at all."""

from __future__ import annotations

import os

import pytest

from afterlaunch import whole
from afterlaunch.errors import BadFile


def test_a_file_has_its_content_and_nothing_is_left_beside_it(tmp_path):
    target = tmp_path / "page.html"
    whole.write(target, b"one")
    whole.write(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_file_has_the_permissions_of_a_new_one(tmp_path):
    (tmp_path / "usual").touch()
    whole.write(tmp_path / "page.html", b"")
    assert (tmp_path / "page.html").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    whole.write(target, b"old")

    def fail(_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        whole.write(target, b"new")
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(BadFile, match=r"no folder .*nowhere.*create it first"):
        whole.write(tmp_path / "nowhere" / "page.html", b"")
