"""The assignments that come along, a room for each."""
