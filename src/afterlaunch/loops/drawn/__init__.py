"""What the panel draws, part by part: findings in, plain values out."""
