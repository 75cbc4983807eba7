"""Looking after a deployment: backup, restore, retention."""
