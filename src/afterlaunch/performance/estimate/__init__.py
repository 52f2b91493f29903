"""Performance without labels: what the model's scores promise, and what rows like these have cost before."""
