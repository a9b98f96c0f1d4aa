"""The pages of the desk, opened to be measured."""
