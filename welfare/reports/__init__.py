"""What the office tells: the manager's page, papers."""
