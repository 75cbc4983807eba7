"""Filling a database with many lifelike cases, by bulk load."""
