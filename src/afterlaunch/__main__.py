"""`python -m afterlaunch` is the command line."""

from afterlaunch.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
