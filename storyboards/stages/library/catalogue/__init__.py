"""Authors, tags and books."""
