"""Recipes that make the knowledge tables from the development data. Not part of the installed package."""
