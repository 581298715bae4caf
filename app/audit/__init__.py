"""Access log (접속기록): one chained row for everything anybody looked at, printed or changed."""
