"""Values with unit, source and prior; how they are checked, read from TOML and written to it."""
