"""발굴: lists of people in possible need that come in, and what became of each of them."""
