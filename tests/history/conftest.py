import pytest

from tests.history import made


@pytest.fixture(scope="session")
def record_folder(tmp_path_factory):
    return made.folder(tmp_path_factory.mktemp("record") / "history")
