"""Many press one button in the same instant: what is raced, how it is pressed, how often."""
