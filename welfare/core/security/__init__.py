"""Rights, passwords, encryption, throttling, one-time keys."""
