"""Reading for reports: across domains, always for a viewer."""
