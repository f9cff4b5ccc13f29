"""What runs in the candidate's container. Standard library only, and copied into the image as it stands."""
