"""The candidate's image: what it is made of, and how it is made, kept and removed."""
