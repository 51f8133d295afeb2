"""Why a library cannot be opened, made, copied, changed or brought back: the true cause, and the file's name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.library import Library, LibraryError, MissingLibrary, restore
from tests.core.library.test_opening import as_nobody

Do = Callable[[Library, Path], object]
NAME_TOO_LONG = "长" * 90 + ".anlan"
WRITES: dict[str, Do] = {
    "create": lambda library, target: Library.create(target),
    "copy": lambda library, target: library.backups.copy_to(target),
    "restore": lambda library, target: restore(next(iter(library.backups.all())), target),
}


def deep(folder: Path, size: int) -> Path:
    """A path below a folder with about so many bytes."""
    while len(os.fsencode(folder)) < size - 100:
        folder /= "夹" * 30
    folder /= "a" * (size - len(os.fsencode(folder)) - 10)
    folder.mkdir(parents=True)
    return folder / "库.anlan"


@pytest.fixture
def kept(library: Library) -> Library:
    library.backups.keep_when_due()
    return library


@pytest.mark.skipif(os.name == "nt", reason="counts bytes as Linux does")
@pytest.mark.parametrize("do", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize(
    ("place", "said"),
    [
        (lambda folder: folder / NAME_TOO_LONG, "文件名太长"),
        (lambda folder: deep(folder, 530), "路径太长"),
        (lambda folder: folder / "试验.anlan" / "库.anlan", "文件"),
    ],
    ids=["name", "path", "a file on the way"],
)
def test_where_nothing_can_be_written(
    kept: Library, tmp_path: Path, do: Do, place: Callable[[Path], Path], said: str
) -> None:
    target = place(tmp_path)
    with pytest.raises(LibraryError, match=said) as raised:
        do(kept, target)
    assert target.name in str(raised.value)
    assert "没有权限" not in str(raised.value)
    assert not [left for left in tmp_path.rglob("*") if left.name.endswith(".anlan-new")]


@pytest.mark.skipif(os.name == "nt", reason="counts bytes as Linux does")
def test_a_library_at_too_long_a_path(library: Library, tmp_path: Path) -> None:
    library.close()
    near, far = deep(tmp_path, 490), deep(tmp_path / "远", 520)
    shutil.copy(library.path, near)
    with Library.open(near, backup=True) as opened:
        opened.cases.set_title(1, "改得了")
        assert "路径太长" in opened.backups.failed
    shutil.copy(near, far)
    with pytest.raises(LibraryError, match=r"打不开「库\.anlan」：路径太长"):
        Library.open(far)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("do", [WRITES["create"], WRITES["copy"]], ids=["create", "copy"])
def test_a_folder_without_rights(library: Library, path: Path, do: Do) -> None:
    library.close()
    copy = Path(f"/tmp/anlan-test-{os.getpid()}.anlan")

    def try_it() -> None:
        with Library.open(copy) as opened, pytest.raises(LibraryError, match="没有权限") as raised:
            do(opened, Path("/usr/库.anlan"))
        assert "库.anlan" in str(raised.value)

    shutil.copy(path, copy)
    copy.chmod(0o666)
    try:
        assert as_nobody(try_it) == 0
    finally:
        for left in copy.parent.glob(f"{copy.name}*"):
            left.unlink()


@pytest.fixture
def moved(library: Library, path: Path) -> Iterator[Path]:
    path.rename(path.with_name("移走.anlan"))
    yield path
    assert library.cases.load(2).title == "桥头镇的共富账本"


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
def test_a_library_that_was_moved_away_takes_no_changes(library: Library, moved: Path) -> None:
    with pytest.raises(MissingLibrary, match=r"「试验\.anlan」已经不在原来的地方"):
        library.cases.set_title(2, "写进没有人找得到的文件")


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
def test_a_library_that_was_replaced_takes_no_changes(library: Library, moved: Path) -> None:
    Library.create(moved.with_name("别的.anlan")).close()
    moved.with_name("别的.anlan").rename(moved)
    with pytest.raises(MissingLibrary, match="换成了别的文件"):
        library.cases.set_title(2, "写进没有人找得到的文件")


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
def test_a_folder_that_vanished(library: Library, path: Path, tmp_path: Path) -> None:
    shutil.rmtree(path.parent)
    with pytest.raises(MissingLibrary):
        library.cases.set_title(1, "改")
    with pytest.raises(LibraryError):
        library.backups.keep_when_due()
    tmp_path.mkdir(exist_ok=True)
