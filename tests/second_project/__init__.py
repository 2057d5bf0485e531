"""What must hold of any project, tried on one that has nothing in common with that of this repository."""
