"""Text for people: chronicles, where two arms diverge, law in words, numbers in print."""
