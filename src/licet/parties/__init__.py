"""Who: restricted-party lists, name matching, ownership, headquarters."""
