"""Pages of the registry: places, households, residents."""
