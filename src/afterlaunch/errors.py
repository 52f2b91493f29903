"""What can go wrong, one class each: every message names the thing, what was found and what to do."""


class AfterlaunchError(Exception):
    """Base of every error that afterlaunch raises on purpose."""


class BadInput(AfterlaunchError, ValueError):
    """Data that no log can be made from: no rows, no columns, or a type that is not a table."""


class MissingColumn(AfterlaunchError, KeyError):
    """A role names a column that the data lack."""

    def __str__(self) -> str:
        """Return the message itself, not the quoted key that `KeyError` shows."""
        return str(self.args[0]) if self.args else ""


class BadTime(AfterlaunchError, ValueError):
    """A time column, window or duration that cannot be read."""


class BadColumn(AfterlaunchError, ValueError):
    """A column whose values do not fit its role, such as a score outside 0 to 1."""


class EmptyWindow(AfterlaunchError, ValueError):
    """A window without rows."""


class BadOption(AfterlaunchError, ValueError):
    """An option outside what it may be."""


class ProfileMismatch(AfterlaunchError, ValueError):
    """Two profiles that were not made by the same plan."""


class BadFile(AfterlaunchError, ValueError):
    """A file that is not what its name says, or of a newer format than this version reads."""


class NotEnoughRows(AfterlaunchError, ValueError):
    """A method that reads rows was given too few."""


class RowsUnavailable(AfterlaunchError, LookupError):
    """Rows were asked for where only counts are left."""


class CheckFailed(AfterlaunchError):
    """`report.check()` found what it was to guard against."""
