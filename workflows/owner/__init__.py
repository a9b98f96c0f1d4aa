"""The road as the owner of one firm sees it: where am I, what must I do now, which papers."""
