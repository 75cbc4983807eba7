"""Benefits: funds with their budgets and dated rules, and equipment that is lent."""
