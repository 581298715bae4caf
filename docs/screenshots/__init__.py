"""How the pictures of the users' guides are made."""
