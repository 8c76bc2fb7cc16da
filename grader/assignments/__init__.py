"""The assignments that come along, a room for each."""

# What a folder that is an assignment says of itself.
ABOUT = "assignment.toml"
