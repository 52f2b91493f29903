"""Feedback loops: whether the model feeds on its own output."""
