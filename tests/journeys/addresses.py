"""Every page of the product, by who looks at it; `{…}` stand for what `parts_of` finds or makes in the sample."""

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Session
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.invitations.addresses import invitation_link
from kstthc_training.invitations.service import save_group
from kstthc_training.mandates.models import Mandate
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.models import Message
from kstthc_training.people.addresses import LINKS as SIGN_IN_LINKS
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.models import Account, Person
from kstthc_training.people.service.links import ASKED_FOR, make_link
from kstthc_training.registrations.addresses import guest_link, ticket_link
from kstthc_training.registrations.enums import QuestionKind, RegistrationSource
from kstthc_training.registrations.service.questions import QuestionDraft
from tests.calendars.answering import arrives, mail_of, seated
from tests.directory.mergers import merged
from tests.directory.unitings import united
from tests.invitations.asked import invited
from tests.journeys.conftest import Product
from tests.journeys.made import NUMBERS, event_of, open_event, person_of, running_event, within
from tests.registrations.actors import an_organizer
from tests.registrations.seats import ruled
from tests.registrations.test_questions import MEALS, asked
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

PAGES = {
    "": [
        "/vao", "/vao/gui-lien-ket", "/vao/da-gui", "/vao/{link}", "/ve/thu/{held}", "/ve/thu/{held}/huy",
        "/ve/thu/{held}/tra-loi", "/moi/{asked}",
        "/khach/{guest_link}", "/khach/{guest_link}/da-co",
        "/moi/{asked}/cu-nguoi", "/moi/{asked}/danh-sach", "/moi/{asked}/doi?ai={named}", "/moi/{asked}/tra-loi/{named}",
        "/du-lieu-ca-nhan",
        "/khong-co-trang-nay",
    ],
    "phong-vien@mau.example": [
        "/lich", "/lich/{year}/{month}/{day}", "/cua-toi", "/cua-toi/dong-bo", "/tai-khoan", "/tai-khoan/mat-khau",
        "/tai-khoan/du-lieu", "/tai-khoan/thong-bao", "/thong-bao",
        "/hop/{open}", "/hop/{open}/dang-ky", "/hop/{mine}/huy-dang-ky", "/ve/{ticket}", "/ve/{ticket}/huy",
        "/ve/{ticket}/tra-loi", "/tim?q=hop",
    ],
    "dau-moi@mau.example": [
        "/don-vi", "/don-vi/{focal}/{open}", "/don-vi/{focal}/{open}/danh-sach",
        "/don-vi/{focal}/{open}/doi?ai={focalnamed}",
    ],
    "to-chuc@mau.example": [
        "/lich", "/lich/{year}/{month}", "/dieu-hanh", "/thu-di", "/thu-den", "/dieu-hanh/nhom-moi",
        "/dieu-hanh/nhom-moi/{group}",
        "/hop/tao", "/hop/{open}/sua", "/hop/{open}/quan-ly",
        "/hop/{open}/quan-ly/dang-ky", "/hop/{open}/quan-ly/dang-ky/khach",
        "/hop/{open}/quan-ly/dang-ky/them", "/hop/{open}/quan-ly/dang-ky/cach-nhan",
        "/hop/{open}/quan-ly/dang-ky/nhac",
        "/hop/{open}/quan-ly/dang-ky/danh-sach", "/hop/{open}/quan-ly/phan-bo", "/hop/{open}/quan-ly/cau-hoi",
        "/hop/{running}/quan-ly/diem-danh", "/hop/{open}/quan-ly/tai-lieu", "/hop/{open}/quan-ly/nhat-ky",
        "/hop/{open}/quan-ly/moi", "/hop/{open}/quan-ly/moi/them", "/hop/{open}/quan-ly/moi/bao-cao",
        "/hop/{open}/quan-ly/moi/{invitation}",
        "/hop/{open}/hoan",
        "/hop/{open}/huy", "/hop/{open}/bo-du-thao",
        "/quet/{running}", "/quet/{running}/{session}", "/quet/{running}/{session}/them?q=mau",
        "/danh-ba/sap-nhap", "/danh-ba/sap-nhap/moi?q=xa", "/danh-ba/sap-nhap/{merger}",
        "/danh-ba", "/danh-ba/nhap", "/tim?q=ho", "/bat-buoc/moi", "/bat-buoc/{mandate}/sua", "/bat-buoc/{mandate}/them",
    ],
    "lanh-dao@mau.example": [
        "/bao-cao", "/ke-hoach", "/ke-hoach/{year}", "/bao-cao/{year}/nam", "/bao-cao/{year}/nam/cuoc", "/bao-cao/tu-chon",
        "/bao-cao/{year}/nam/tuan-thu", "/bao-cao/{year}/nam/tuan-thu/duoc-moi",
        "/danh-ba", "/bat-buoc", "/bat-buoc/{mandate}",
    ],
    "quan-tri@mau.example": [
        "/quan-tri/tai-khoan", "/quan-tri/tai-khoan/{account}", "/quan-tri/tai-khoan/{account}/email",
        "/quan-tri/tai-khoan/moi", "/quan-tri/tai-khoan/moi/{person}", "/quan-tri/tai-khoan/moi/nguoi-moi",
        "/quan-tri/viec-nen", "/thu-di/{letter}", "/thu-den/{incoming}", "/quan-tri/nhat-ky", "/quan-tri/du-lieu",
        "/quan-tri/du-lieu/{person}", "/quan-tri/cai-dat/van-ban", "/quan-tri/cai-dat/nhac-viec",
        "/quan-tri/mau-thu", "/quan-tri/mau-thu/registration-confirmed",
        "/danh-ba/don-vi/{organisation}", "/danh-ba/don-vi/{organisation}/sua", "/danh-ba/don-vi/them",
        "/danh-ba/nguoi/trung", "/danh-ba/nguoi/gop?q=mau", "/danh-ba/nguoi/gop?nguoi={person}&nguoi={double}",
        "/danh-ba/nguoi/gop/da-gop", "/danh-ba/nguoi/gop/{uniting}",
        "/danh-ba/nguoi", "/danh-ba/nguoi/{person}", "/danh-ba/nguoi/{person}/sua", "/danh-ba/nguoi/them",
    ],
}  # fmt: skip
# Files, parts, feeds, health and what only leads on; the preview of an import is looked at when one is made.
NOT_PAGES = {
    "administration.data_archive",
    "agenda.home", "administration.index", "administration.settings", "calendars.event_file", "calendars.personal_feed",
    "desk.badges", "desk.guest_letter", "desk.guest_link_drawing", "desk.delegates_paper", "desk.name_plates",
    "desk.invitations_csv", "desk.invitations_xlsx",
    "desk.registrations_csv", "desk.registrations_xlsx", "desk.roster_sheet", "directory.merger_list", "directory.preview",
    "directory.problem_sheet", "directory.template", "health.alive", "health.ready", "mandates.workbook",
    "materials.download", "messages.bell", "privacy.take_along",
    "registrations.answer_file", "registrations.held_answer_file",
    "organisation.list_template",
    "reports.compliance_workbook", "reports.document", "reports.workbook", "static",
}  # fmt: skip


def parts_of(product: Product) -> dict[str, str]:
    """An open event, a running one, a ticket held and one by letter, a link, and the first row of other things."""
    today = clock.local(clock.now())
    opened = open_event(product, "Cuộc họp để xem", capacity=9, names=("Lê Mẫu Xem", "Trần Mẫu Nhìn"))
    mine = open_event(product, "Cuộc họp đã đăng ký")
    running = running_event(product, "Cuộc họp đang diễn ra", names=("Danh Mẫu Đến", "Thị Mẫu Chờ"), sessions=2)
    days = {"year": str(today.year), "month": str(today.month), "day": str(today.day)}
    events = {"open": opened, "mine": mine, "running": running}
    return days | events | within(product, lambda: _rows(opened, mine, running))


def _rows(opened: str, mine: str, running: str) -> dict[str, str]:
    registration = make_registration(event_of(mine), person_of("phong-vien@mau.example"))
    account = make_account()
    with unit_of_work():
        link = make_link(account_id=account.id, kind=ASKED_FOR[LinkPurpose.SET_PASSWORD], now=clock.now())
        link_id = link.id
    body = make_organisation("UBND xã Được Mời", email="moi@mau.example")
    (invitation,) = invited(event_of(opened), body)
    for code in (opened, mine):
        asked(event_of(code), MEALS, QuestionDraft(QuestionKind.FILE, "Giấy giới thiệu"))
    today = clock.local_date(clock.now())
    merger_id = merged(make_organisation("UBND xã Cũ"), into=make_organisation("UBND xã Mới"), effective_on=today)
    unknown = (
        select(Person.id)
        .where(Person.merged_into_id.is_(None))
        .where(~select(Account.id).where(Account.person_id == Person.id).exists(), Person.email != "")
    )
    talks = make_event("Cuộc họp có người đề nghị giờ khác", number=next(NUMBERS))
    arrives(mail_of(talks, seated(talks), "TENTATIVE", method="COUNTER"))
    first = {
        "session": select(Session.id).where(Session.event_id == event_of(running).id).order_by(Session.position),
        "organisation": select(Organisation.id).order_by(Organisation.id),
        "account": select(Account.id).order_by(Account.id),
        "person": unknown.order_by(Person.id),
        "mandate": select(Mandate.id).order_by(Mandate.id),
        "letter": select(Message.id).order_by(Message.id),
        "incoming": select(InboxMessage.id).order_by(InboxMessage.id),
    }
    focal = person_of("dau-moi@mau.example").organisation_id
    with unit_of_work():
        group_id = save_group(actor=an_organizer(), name="Nhóm để xem", places={focal: 2}, now=clock.now())
    named = {
        name: make_registration(event_of(opened), make_person(organisation_id=number), source=RegistrationSource.NOMINATION)
        for name, number in (("named", body.id), ("focalnamed", focal))
    }
    found = {name: str(db.session.scalars(statement.limit(1)).one()) for name, statement in first.items()}
    return found | {
        "ticket": registration.ticket_code,
        "held": ticket_link(registration.id).rpartition("/")[2],
        "link": SIGN_IN_LINKS[LinkPurpose.SET_PASSWORD.value](link_id).rpartition("/")[2],
        "focal": str(focal),
        "group": str(group_id),
        **{name: str(row.id) for name, row in named.items()},
        "invitation": str(invitation.id),
        "guest_link": guest_link(ruled(event_of(opened), guests_allowed=True).id).rpartition("/")[2],
        "asked": invitation_link(invitation.id).rpartition("/")[2],
        "merger": str(merger_id),
        **_one_person(),
    }


def _one_person() -> dict[str, str]:
    """A row that may be one person with another, and an act that united two."""
    here = make_organisation("UBND xã Hai Dòng")
    double, _other = (make_person("Lê Mẫu Đôi", organisation_id=here.id) for _ in range(2))
    kept, closed = (make_person("Danh Mẫu Gộp", organisation_id=here.id) for _ in range(2))
    return {"double": str(double.id), "uniting": str(united(kept, closed))}
