"""첨부: photos and signatures, stored beside the database and shown only through the access check."""
