"""The periodic report from its letterhead to its annexes."""

from datetime import datetime

from kstthc_training.paper import (
    DocumentHead,
    Letterhead,
    OfficialDocument,
    Recipients,
    Signature,
)
from kstthc_training.paper.wording import date_in_words
from kstthc_training.reports.documents.annexes import events_annex, organisations_annex
from kstthc_training.reports.documents.assessment import write_assessment, write_outlook
from kstthc_training.reports.documents.material import Material, gather
from kstthc_training.reports.documents.results import write_results
from kstthc_training.reports.periods import Period
from kstthc_training.reports.wording import period_name
from kstthc_training.settings.queries import Office

_SUBJECT = "kết quả tổ chức họp báo, giao ban báo chí, hội nghị và tập huấn về kiểm soát thủ tục hành chính"


def periodic_report(period: Period, *, now: datetime) -> bytes:
    """The report on a period, set beside the one before and the same one last year, as DOCX; number and day are left to
    the records office.

    The annexes and what the text says of them are left out when no event was held.
    """
    material = gather(period, now=now)
    subject = f"{_SUBJECT} {period_name(period).replace('-', '/')}"
    paper = OfficialDocument(_letterhead(material.office), _head(material.office, subject), made_at=now)
    paper.addressees(material.office.addressee)
    paper.paragraph(_opening(material))
    write_results(paper, material)
    write_assessment(paper, material)
    write_outlook(paper, material)
    paper.closing(f"Trên đây là báo cáo {subject}, {material.office.name} kính báo cáo {material.office.addressee}.")
    paper.signature(_signature(material.office), _recipients(material.office))
    if material.events:
        title = f"Danh sách các cuộc tổ chức trong {period_name(period).replace('-', '/')}"
        paper.annexes(events_annex(material, title), organisations_annex(material))
    return paper.to_bytes()


def _letterhead(office: Office) -> Letterhead:
    return Letterhead(
        parent_agency=office.parent_agency,
        agency=office.agency,
        full_name=office.name,
        place=office.place or office.province,
    )


def _head(office: Office, subject: str) -> DocumentHead:
    return DocumentHead(type_name="Báo cáo", subject=_capital(subject), symbol=f"BC-{office.symbol_unit}")


def _opening(material: Material) -> str:
    period = material.period
    begins = f"Thực hiện {material.plan}, " if material.plan else ""
    span = f"(số liệu từ {date_in_words(period.first)} đến hết {date_in_words(period.last)})"
    said = f"{begins}{material.office.name} báo cáo kết quả {period_name(period).replace('-', '/')} {span} như sau:"
    return _capital(said)


def _signature(office: Office) -> Signature:
    posts = tuple(line.strip() for line in office.signer_post.splitlines() if line.strip())
    return Signature(posts=posts, signer=office.signer_name)


def _recipients(office: Office) -> Recipients:
    archives = ("VT", office.archive_unit) if office.archive_unit else ("VT",)
    return Recipients(names=("Như trên", "Lãnh đạo Văn phòng"), archives=archives)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
