"""Which version this is; the package's metadata are read from here when it is built."""

VERSION = "0.1.0"
PRODUCT = f"afterlaunch {VERSION}"
