"""Words, screens and their rendering to rows of cells."""
