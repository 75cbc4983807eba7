"""The header in which the benchmarked application tells its SQL statements."""

HEADER = "X-Bench-Statements"
