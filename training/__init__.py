"""Recipes that make tables and weights from development data. Not part of the installed package."""
