"""동의: what people agreed to, by which text, towards whom, until when; and what is missing."""
