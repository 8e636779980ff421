"""Submodels against exact counterparts, and patterns against history."""
