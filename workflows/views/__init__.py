"""Pages of the desk: they bind HTTP to a form and call one action."""
