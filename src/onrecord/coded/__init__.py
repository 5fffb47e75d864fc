"""Coded events of other data sets."""
