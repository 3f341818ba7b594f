"""Names that nobody bears: each has `Mẫu` ("sample") in its middle."""

from random import Random

_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Danh", "Thị", "Bùi", "Đặng", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Phan",
    "Tô", "Trương", "Lâm", "Mai", "Thạch", "Kim", "Châu", "Tiêu", "Quách", "Đinh",
)  # fmt: skip
_GIVEN = (
    "An", "Ái", "Ánh", "Bảo", "Bích", "Châu", "Cường", "Diệu", "Dũng", "Đạt", "Đức", "Giang", "Hà", "Hạnh", "Hân", "Hiếu",
    "Hoa", "Hòa", "Hoàng", "Huệ", "Hùng", "Huyền", "Hương", "Kiên", "Kiều", "Lan", "Lệ", "Liên", "Linh", "Loan", "Long",
    "Lộc", "Mai", "Minh", "My", "Nam", "Nga", "Ngân", "Nghĩa", "Ngọc", "Nhân", "Nhung", "Oanh", "Phong", "Phúc", "Phương",
    "Quang", "Quyên", "Sơn", "Sương", "Tâm", "Tân", "Thanh", "Thành", "Thảo", "Thắng", "Thu", "Thủy", "Trang", "Trí",
    "Trinh", "Trung", "Tú", "Tuấn", "Tuyết", "Uyên", "Vân", "Vinh", "Vy", "Xuân", "Ý", "Yến",
)  # fmt: skip


def invented_name(chance: Random) -> str:
    """A name by chance."""
    return f"{chance.choice(_FAMILY)} Mẫu {chance.choice(_GIVEN)}"


def invented_phone(number: int) -> str:
    """A number that no one is given: `0900 000 0xx`."""
    return f"0900000{number % 100:03d}"
