"""Random days of visits, measured: how good the plans are and how long they take."""
