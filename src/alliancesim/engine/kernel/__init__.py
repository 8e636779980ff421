"""The compiled turn: arrays and numbers only; no files, no scenarios, no Mesa."""
