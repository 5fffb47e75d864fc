"""Tests of the queries, on made-up readings."""
