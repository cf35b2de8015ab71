"""The JSON API: the same questions as the pages ask, answered for programs."""
