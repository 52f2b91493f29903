"""How good the model's answers were: metrics, their intervals and verdicts."""
