"""What people of the town typed or are called: it stays Thai in English pages."""

TYPED: tuple[str, ...] = ()
