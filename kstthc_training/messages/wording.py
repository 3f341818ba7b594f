"""What stands under letters that people may choose about, in both languages."""

WHERE_TO_CHANGE = {
    "vi": "Đổi cách nhận những thư như thế này: %(address)s",
    "en": "Change how you receive letters like this: %(address)s",
}
