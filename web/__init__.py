"""The front doors: the root of the command line today, pages and exports beside it."""
