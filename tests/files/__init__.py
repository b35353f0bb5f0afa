"""Files made at test time: small good ones, and every kind of bad one an office, or somebody worse, may send."""
