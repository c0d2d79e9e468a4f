"""One module per operation, each with one table of rows."""
