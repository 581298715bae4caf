"""일정: weeks and months of planned visits and dues, the load ahead, and the feed a phone subscribes to."""
