"""On which kind of file system a file lies; a database of one machine must not lie on one that several share."""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere nothing is known
# Two machines do not see each other's locks and shared memory there: https://sqlite.org/wal.html, "Disadvantages".
SHARED = re.compile(
    r"(fuse\.)?(afs|beegfs|ceph|cephfs|cifs|davfs2?|gcsfuse|gfs2|glusterfs|gpfs|juicefs|lustre|ncpfs|nfs4?|ocfs2|pvfs2"
    r"|rclone|s3fs|smb[23]|smbfs|smbnetfs|sshfs)"
)
ESCAPED = re.compile(r"\\([0-7]{3})")


def shared_kind(path: Path) -> str:
    """The kind of file system that several machines share and on which a file lies; "" for a disk of this one."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    kind = kind_at(path.resolve(), mounts)
    return kind if SHARED.fullmatch(kind) else ""


def kind_at(path: Path, mounts: str) -> str:
    """The kind of file system at a path, by the lines of `mountinfo`; of two at one place the later one counts.

    https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
    """
    found, depth = "", -1
    for line in mounts.splitlines():
        place, _, device = line.partition(" - ")
        point = Path(ESCAPED.sub(lambda code: chr(int(code[1], 8)), place.split(" ")[4]))
        if path.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = device.split(" ")[0], len(point.parts)
    return found
