"""Staff: who they are, what they may, where; their sign-ins and sessions."""
