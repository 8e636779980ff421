"""Statistics of paired replicates: intervals, sensitivity and a stopping rule; numbers alone."""
