"""Reading deadlines: the rules, the stages of a case, who was told, what is late and why."""
