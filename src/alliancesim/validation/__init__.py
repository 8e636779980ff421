"""Is the model what it says it is? Submodels against the exact, patterns against history."""
