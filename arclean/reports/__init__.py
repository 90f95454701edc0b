"""The page on which people see what was done to their data: one file, no network, right-to-left text shown right."""
