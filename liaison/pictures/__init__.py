"""Pictures people send: drawn anew on arrival, kept encrypted, shown with a mark of who looked."""
