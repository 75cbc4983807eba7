"""Official papers: their kinds, numbers, texts; issued, signed, kept as issued, and verified."""
