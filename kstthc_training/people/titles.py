"""The order in which people stand by the post that they hold, as official lists name them; pure.

Leaders of the province, then whoever heads a body, deputies, heads of divisions, their deputies, specialists, and others.
Bodies among each other stand by their level, so the chair of a commune and the director of a department are equal here.
"""

import re

from kstthc_training.text import fold

_PARTS = re.compile(r"[,;]| kiem | - ")
_ACTING = re.compile(r"^(quyen|q\.?|nguyen) ")
_PROVINCE = ("bi thu", "pho bi thu", "chu tich", "pho chu tich", "uy vien ban thuong vu")
# The first that a post begins with decides, so that the longer of two stands before the shorter.
_POSTS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (31, ("pho truong phong", "pho phong", "pho chi cuc truong", "pho doi truong", "pho truong khoa", "pho tram truong")),
    (30, ("truong phong", "chi cuc truong", "doi truong", "truong khoa", "tram truong", "thu ky toa soan")),
    (20, (
        "pho bi thu", "pho chu tich", "pho tong giam doc", "pho giam doc", "pho chanh", "pho truong ban",
        "pho tong bien tap", "pho cuc truong", "pho vien truong", "pho hieu truong", "pho thu truong", "pho chu nhiem",
        "pho",
    )),
    (10, ("bi thu",)),
    (11, (
        "chu tich", "tong giam doc", "giam doc", "chanh van phong", "chanh thanh tra", "chanh an", "truong ban",
        "tong bien tap", "cuc truong", "vien truong", "hieu truong", "thu truong", "chu nhiem", "chi huy truong",
    )),
    (21, ("uy vien",)),
    (40, ("chuyen vien cao cap", "thanh tra vien cao cap")),
    (41, ("chuyen vien chinh", "thanh tra vien chinh", "ke toan truong", "bien tap vien chinh")),
    (42, ("chuyen vien", "thanh tra vien", "cong chuc", "bien tap vien", "phong vien", "vien chuc")),
)  # fmt: skip
_OTHERS, _NONE = 50, 60


def title_rank(title: str) -> int:
    """Where a post stands, the smaller the higher; of several posts the highest, and no post behind all."""
    return min((_rank(part.strip()) for part in _PARTS.split(fold(title)) if part.strip()), default=_NONE)


def _rank(post: str) -> int:
    post = _ACTING.sub("", post)
    if "tinh" in post.split():
        leads = [place for place, begin in enumerate(_PROVINCE) if post.startswith(begin)]
        if leads:
            return leads[0]
    return next((rank for rank, begins in _POSTS if post.startswith(begins)), _OTHERS)
