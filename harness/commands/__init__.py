"""The commands of `assay`, one module each. Thin: what they import, they import when they run."""
