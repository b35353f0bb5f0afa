"""Pages of liaison days and visits; the liaison-day page itself is the desk's."""
