"""Many worlds at once: chunks of them on threads, each turn played by the compiled kernel."""
