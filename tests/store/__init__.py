"""Tests of the stores: the contract every store keeps, and what is special to SQLite."""
