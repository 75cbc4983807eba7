"""Reading imports: what stands in the registry already, and the imports themselves."""
