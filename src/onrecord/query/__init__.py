"""Questions to a store: functions from a Filter to rows."""
