"""The application object, for gunicorn and for `flask --app wsgi`."""

from config import Settings
from welfare import create_app

app = create_app(Settings())
