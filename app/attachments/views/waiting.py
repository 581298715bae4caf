"""The key under which a tablet keeps photos it could not send yet.

Whoever finds the tablet reads nothing in its storage: the key is in no file of it, and only the person who took the
photos gets it, by signing in.
"""

from __future__ import annotations

import hashlib
import hmac

from flask import Response, current_app, jsonify

from app.access.permissions import Permission
from app.attachments.views.blueprint import blueprint
from app.web.security import current_identity, requires


@blueprint.get("/photos/waiting-key")
@requires(Permission.USE_OWN_ACCOUNT)
def waiting_key() -> Response:
    """256 bits in hex, the same for this person whenever and wherever they sign in."""
    secret, whose = str(current_app.secret_key), f"waiting photos of {current_identity().account_id}"
    return jsonify(key=hmac.new(secret.encode(), whose.encode(), hashlib.sha256).hexdigest())
