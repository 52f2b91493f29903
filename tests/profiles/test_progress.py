from __future__ import annotations

from io import StringIO

from afterlaunch.profiles.progress import Progress


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_quick_writes_nothing():
    stream, clock = StringIO(), Clock()
    progress = Progress(3, stream=stream, clock=clock)
    clock.now = 1.0
    progress.show(1)
    progress.close()
    assert stream.getvalue() == ""


def test_what_is_slow_says_how_long_it_still_takes():
    stream, clock = StringIO(), Clock()
    progress = Progress(30, stream=stream, clock=clock)
    clock.now = 60.0
    progress.show(12)
    assert stream.getvalue() == "\r12 of 30 files, 1:30 left"


def test_the_line_is_wiped_at_the_end():
    stream, clock = StringIO(), Clock()
    progress = Progress(30, stream=stream, clock=clock)
    clock.now = 60.0
    progress.show(12)
    progress.close()
    assert stream.getvalue().split("\r")[-2:] == [" " * len("12 of 30 files, 1:30 left"), ""]


def test_nothing_is_written_where_nobody_looks(capsys):
    progress = Progress(2, clock=iter([0.0, 50.0]).__next__)
    progress.show(1)
    progress.close()
    assert capsys.readouterr().err == ""
