"""Which folders other machines can reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.library import media

TABLE = r"""22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 22 0:40 / /mnt/部门 rw,relatime shared:2 - cifs //server/部门 rw,vers=3.0
41 22 0:41 / /home rw - nfs4 server:/home rw
42 41 0:42 / /home/本机 rw - ext4 /dev/vdb1 rw
43 22 0:43 / /media/U\040盘 rw - vfat /dev/sdb1 rw
44 22 0:44 / /run/user/1000/gvfs rw shared:9 master:3 - fuse.gvfsd-fuse gvfsd-fuse rw
45 22 0:45 / /mnt/over rw - nfs server:/x rw
46 45 0:46 / /mnt/over rw - xfs /dev/vdc1 rw
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/库.anlan", False),
        ("/mnt/部门/案例/库.anlan", True),
        ("/mnt/部门外/库.anlan", False),
        ("/home/li/.local/share/anlan/库.anlan", True),
        ("/home/本机/库.anlan", False),
        ("/media/U 盘/库.anlan", False),
        ("/run/user/1000/gvfs/smb-share:server=x/库.anlan", True),
        ("/mnt/over/库.anlan", False),
    ],
)
def test_what_lies_on_the_network(path: str, network: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "_mount_table", lambda: TABLE)
    assert media.is_of_network(media._type_of_mount(path.rpartition("/")[0])) is network


def test_the_table_of_this_machine_is_read() -> None:
    assert media.sharing(Path("/库.anlan")) == ""


@pytest.mark.parametrize(
    ("folder", "synced"),
    [
        ("OneDrive", True),
        ("OneDrive - 某某局", True),
        ("我的坚果云", True),
        ("Nutstore Files", True),
        ("WPS云盘", True),
        ("BaiduSyncdisk", True),
        ("Dropbox", True),
        ("Dropboxes", False),
        ("文稿", False),
        ("坚果", False),
    ],
)
def test_folders_that_are_kept_in_step(tmp_path: Path, folder: str, synced: bool) -> None:
    place = tmp_path / folder / "案例" / "三季度"
    place.mkdir(parents=True)
    assert media.sharing(place / "库.anlan") == ("synced" if synced else "")


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox", ".owncloudsync.log"])
def test_folders_that_carry_a_mark(tmp_path: Path, mark: str) -> None:
    (tmp_path / "下面").mkdir()
    (tmp_path / mark).touch()
    assert media.sharing(tmp_path / "下面" / "库.anlan") == "synced"


def test_a_folder_that_the_system_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "云").mkdir()
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "云"))
    assert media.sharing(tmp_path / "云" / "库.anlan") == "synced"
    assert media.sharing(tmp_path / "库.anlan") == ""


def test_a_link_into_such_a_folder(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "链接").symlink_to(tmp_path / "Dropbox")
    assert media.sharing(tmp_path / "链接" / "库.anlan") == "synced"
