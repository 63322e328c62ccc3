"""Tests of drift: changes made on purpose, and what is told of them."""
