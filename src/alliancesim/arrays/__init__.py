"""A scenario as arrays: treaties in packed tables, what each draw of the parameters gives."""
