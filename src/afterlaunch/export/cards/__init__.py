"""One file a kind of report: what it puts on its verdict card, as `card(payload)`."""
