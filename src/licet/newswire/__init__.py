"""WHAT IS SAID: reports in any language, read, repaired, and tied to the law."""
