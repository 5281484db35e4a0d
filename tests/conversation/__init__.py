"""Tests of what is decided and said."""
