"""Actors with dated roles, names, memberships: tables, a compiled form, and look-up by name and date."""
