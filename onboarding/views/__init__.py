"""Pages of this room: what offices hand in and hear back, and the people who may sign in."""
