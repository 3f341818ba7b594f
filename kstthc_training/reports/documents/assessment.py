"""Parts II to IV of a report: what went well, what is wanting, what comes next, what is asked for."""

from kstthc_training import clock
from kstthc_training.paper import OfficialDocument
from kstthc_training.paper.wording import counted, numeric_date, percent
from kstthc_training.reports.documents.material import Material
from kstthc_training.reports.documents.results import write_points
from kstthc_training.reports.wording import period_name

_MOST_NAMED = 5


def write_assessment(paper: OfficialDocument, material: Material) -> None:
    """II. Đánh giá chung, as far as figures can say it."""
    paper.heading1("Đánh giá chung")
    paper.heading2("Ưu điểm")
    paper.paragraph(_merits(material))
    paper.heading2("Tồn tại, hạn chế")
    limits = _limits(material)
    if limits:
        write_points(paper, limits)
    else:
        paper.paragraph("Số liệu trong kỳ không cho thấy tồn tại, hạn chế.")


def write_outlook(paper: OfficialDocument, material: Material) -> None:
    """III. Phương hướng, nhiệm vụ and IV. Kiến nghị."""
    following = f" {period_name(material.following)}" if material.following else " thời gian tới"
    paper.heading1(f"Phương hướng, nhiệm vụ{following}")
    if material.items:
        paper.numbered(
            [
                f"{item.title}: {counted(item.planned_events, 'cuộc')}, trong tháng {item.due_month}"
                for item in material.items
            ]
        )
    else:
        paper.paragraph("Tiếp tục tổ chức các cuộc họp, hội nghị, tập huấn theo kế hoạch và theo yêu cầu nhiệm vụ.")
    paper.heading1("Kiến nghị")
    paper.paragraph(
        f"Kính đề nghị {material.office.addressee} chỉ đạo các cơ quan, đơn vị, địa phương cử đúng thành phần, đúng thời "
        "hạn và bố trí thời gian để người được cử tham dự đầy đủ."
    )


def _merits(material: Material) -> str:
    totals, summary = material.summary.totals, material.summary
    if not totals.events:
        return "Trong kỳ chưa có cuộc nào được tổ chức và chốt điểm danh nên chưa có cơ sở đánh giá."
    share = f", tỷ lệ có mặt đạt {percent(totals.attended, totals.expected)}" if totals.expected else ""
    plan = ""
    if summary.planned and summary.by_plan >= summary.planned:
        plan = "; bảo đảm số cuộc đến hạn theo kế hoạch"
    return (
        f"Đã tổ chức {counted(totals.events, 'cuộc')}{share}{plan}. Qua đó, nâng cao nhận thức, trách nhiệm của cán bộ, "
        "công chức, viên chức trong thực hiện thủ tục hành chính."
    )


def _limits(material: Material) -> list[str]:
    return [limit for limit in (_unclosed(material), _behind(material), *_organisations(material)) if limit]


def _unclosed(material: Material) -> str:
    events = material.summary.unclosed
    if not events:
        return ""
    named = "; ".join(f"{event.title} ({numeric_date(clock.local_date(event.ends_at))})" for event in events[:_MOST_NAMED])
    more = f"; và {counted(len(events) - _MOST_NAMED, 'cuộc khác')}" if len(events) > _MOST_NAMED else ""
    return f"Còn {counted(len(events), 'cuộc')} chưa chốt điểm danh nên chưa tính vào số liệu: {named}{more}"


def _behind(material: Material) -> str:
    behind = material.summary.behind
    return f"Số cuộc thuộc kế hoạch đã tổ chức ít hơn số đến hạn trong kỳ {counted(behind, 'cuộc')}" if behind else ""


def _organisations(material: Material) -> list[str]:
    summary, limits = material.summary, []
    if summary.never_came:
        limits.append(f"Còn {counted(summary.never_came, 'cơ quan, đơn vị')} đã đăng ký nhưng không có người dự")
    if material.events and summary.named_nobody:
        limits.append(f"Có {counted(summary.named_nobody, 'cơ quan, đơn vị')} chưa cử người dự cuộc nào trong kỳ")
    return limits
