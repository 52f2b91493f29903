"""The panel as a widget, and the messages that keep panels and Python in step."""
