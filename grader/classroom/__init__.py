"""Many submissions: intake, batch, gradebook, and the way back to where the class lives."""
