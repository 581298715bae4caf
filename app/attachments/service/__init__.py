"""Take in photos and signatures, take them away again, and keep files and rows together."""

from app.attachments.service.drawing import draw_signature
from app.attachments.service.files import FileStore
from app.attachments.service.photos import add_photo, find_sent
from app.attachments.service.pictures import Picture, prepare_picture
from app.attachments.service.reading import read_file, read_small
from app.attachments.service.removing import remove, remove_of_draft, restore
from app.attachments.service.signing import sign
from app.attachments.service.sweeping import delete_removed, sweep_orphans

__all__ = [
    "FileStore", "Picture", "add_photo", "delete_removed", "draw_signature", "find_sent", "prepare_picture", "read_file",
    "read_small", "remove", "remove_of_draft", "restore", "sign", "sweep_orphans",
]  # fmt: skip
