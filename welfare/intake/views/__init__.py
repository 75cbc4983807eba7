"""Pages of complaints: filing, following, triage."""
