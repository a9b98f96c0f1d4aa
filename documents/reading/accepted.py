"""Which files people may send: asked for by the browser, decided on by `pages.file_type`.

Imports nothing, because the site imports it; a test keeps both in step.
"""

MEDIA_TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "tiff": "image/tiff",
    "pdf": "application/pdf",
}
