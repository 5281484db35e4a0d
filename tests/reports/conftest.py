from tests.storage.conftest import database, log, path  # noqa: F401 - fixtures of the storage's own tests
