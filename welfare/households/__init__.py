"""The registry: villages, households, people, and who lives where since when."""
