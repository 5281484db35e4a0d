"""Tanya Layanan: answers citizens' questions about public services from a knowledge base."""

__version__ = "0.1.0"
