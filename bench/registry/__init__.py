"""The registry's part of the benchmark: two hundred queries of the search over many people."""
