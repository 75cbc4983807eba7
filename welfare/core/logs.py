"""Logs: one JSON line an event; never personal data."""

from __future__ import annotations

import logging
import sys

import structlog

from config import Settings


def configure_logs(settings: Settings) -> None:
    """Set up structlog for this process."""
    level = logging.INFO if settings.env != "test" else logging.CRITICAL
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False)
            if settings.production
            else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
