"""Builds a believable township, in bulk and from one seed: places, staff, days, matters."""
