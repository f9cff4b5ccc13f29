"""Proves content in the real sandbox: what ``assay verify`` runs."""
