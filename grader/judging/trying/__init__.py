"""A submission behind the wall: opened, defined, asked, and tried exercise by exercise."""
