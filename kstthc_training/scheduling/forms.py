"""What may be chosen about one's own calendar."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from kstthc_training.scheduling.enums import CalendarMail
from kstthc_training.web.forms import Form

WORDS = {
    CalendarMail.AUTO: _l("Tự động"),
    CalendarMail.ALWAYS: _l("Luôn gửi"),
    CalendarMail.NEVER: _l("Không gửi"),
}
HINTS = {
    CalendarMail.AUTO.value: _l("Gửi, trừ khi có chương trình lịch đã đọc địa chỉ lịch riêng trong 30 ngày qua."),
    CalendarMail.ALWAYS.value: _l("Kể cả khi đã đồng bộ: cuộc họp có thể hiện hai lần, ở hai lịch."),
    CalendarMail.NEVER.value: _l("Thư vẫn đến, nhưng không tự vào lịch. Cuộc họp đã vào lịch vẫn được cập nhật."),
}


class CalendarMailForm(Form):
    """Whether letters bring entries for one's calendar along."""

    calendar_mail = RadioField(
        _l("Lời mời lịch qua thư"),
        choices=[SelectChoice(each.value, words) for each, words in WORDS.items()],
    )
    hints = HINTS

    @property
    def mail(self) -> CalendarMail:
        """What was chosen."""
        return CalendarMail(self.calendar_mail.data)


def form_for(mail: CalendarMail) -> CalendarMailForm:
    """The form as somebody chose; a page that shows it includes `scheduling/choice.html` with it as `calendar_form`."""
    return CalendarMailForm(formdata=None, data={"calendar_mail": mail.value})
