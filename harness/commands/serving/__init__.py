"""What `assay serve` does: prepares a place, starts the web and the worker as its children, and ends with them."""
