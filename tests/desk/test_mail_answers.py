"""What people answered by mail stands beside them in the lists of an event."""

import pytest

from kstthc_training.people.enums import Role
from tests.calendars.answering import arrives, invited, mail_of, seated
from tests.support.factories import make_account, make_event, make_person


@pytest.fixture
def browser(client_for):
    """An organizer's browser."""
    return client_for(make_account(Role.ORGANIZER))


@pytest.mark.parametrize("tab", ["dang-ky", "diem-danh"])
def test_an_answer_by_mail_stands_beside_whoever_is_registered(browser, tab):
    event = make_event()
    arrives(mail_of(event, seated(event, make_person("Lê Mẫu Ngần Ngừ")), "TENTATIVE"))
    page = browser.page(f"/hop/{event.code}/quan-ly/{tab}")
    (row,) = [" ".join(each.text_content().split()) for each in page.xpath("//tbody/tr[contains(., 'Ngần Ngừ')]")]
    assert "Chưa chắc, trả lời qua thư, 18/03 09:00" in row


def test_whoever_declined_by_mail_stands_among_the_cancelled_with_it(browser):
    event = make_event()
    arrives(mail_of(event, seated(event, make_person("Lê Mẫu Bận")), "DECLINED"))
    page = browser.page(f"/hop/{event.code}/quan-ly/dang-ky?tt=da-huy")
    assert "Từ chối qua thư, 18/03 09:00" in page.text_content()


def test_an_answer_by_mail_stands_on_the_board_of_invitations(browser):
    event = make_event(sessions=2)
    arrives(mail_of(event, invited(event, make_person("Lê Mẫu Được Mời")), "TENTATIVE"))
    assert "Chưa chắc, trả lời qua thư (1/2), 18/03 09:00" in browser.page(f"/hop/{event.code}/quan-ly/moi").text_content()


@pytest.mark.parametrize("tab", ["dang-ky", "diem-danh", "moi"])
def test_answers_cost_the_lists_nothing_by_number(browser, statements, tab):
    event = make_event()

    def count() -> int:
        with statements() as seen:
            browser.page(f"/hop/{event.code}/quan-ly/{tab}")
        return len(seen)

    arrives(mail_of(event, seated(event), "TENTATIVE"))
    count()
    few = count()
    for _each in range(4):
        arrives(mail_of(event, seated(event), "TENTATIVE"))
    assert count() == few
