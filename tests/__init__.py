"""Tests, laid out as the package; they are read on one day, so that what they print stays."""

import os

os.environ["SOURCE_DATE_EPOCH"] = "1782864000"  # 1 July 2026
