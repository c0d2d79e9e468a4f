"""Stories as files: what one says, and who plays it on any bench."""
