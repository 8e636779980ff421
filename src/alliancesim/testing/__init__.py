"""What users need to test their own treaties and scenarios; it needs Hypothesis."""
