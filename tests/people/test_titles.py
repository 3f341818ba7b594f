"""Posts stand in the order of official lists, whatever their spelling."""

import pytest

from kstthc_training.people.titles import title_rank

_IN_ORDER = (
    "Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh", "Phó Chủ tịch Thường trực UBND tỉnh", "Chủ tịch UBND xã", "Phó Giám đốc Sở",
    "Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên cao cấp", "Chuyên viên chính", "Chuyên viên", "Văn thư", "",
)  # fmt: skip


def test_posts_stand_from_leaders_to_staff():
    ranks = [title_rank(title) for title in _IN_ORDER if title != "Bí thư Tỉnh ủy"]
    assert ranks == sorted(set(ranks))
    assert title_rank("Bí thư Tỉnh ủy") <= title_rank("Giám đốc Sở")


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("Giám đốc", "Chánh Văn phòng"),
        ("Quyền Giám đốc", "Giám đốc"),
        ("GIÁM ĐỐC", "giám đốc"),
        ("Phó phòng", "Phó Trưởng phòng"),
        ("Chủ tịch UBND xã", "Giám đốc Sở"),
    ],
)
def test_posts_that_are_equal(one, same):
    assert title_rank(one) == title_rank(same)


def test_of_several_posts_the_highest_counts():
    assert title_rank("Ủy viên UBND, Giám đốc Sở Tài chính") == title_rank("Giám đốc")
    assert title_rank("Chuyên viên kiêm Trưởng phòng") == title_rank("Trưởng phòng")


def test_a_post_that_nobody_knows_stands_before_none():
    assert title_rank("Người gác cửa") < title_rank("   ")
