"""One sample of every paper, and the hard strings put into them."""
