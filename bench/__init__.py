"""The benchmark: the real server on lifelike data, beside a bare Flask view."""
