"""Files of many records: what they need to know, and what they brought."""
