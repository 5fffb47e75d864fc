"""Tests of what the desk keeps beside a store."""
