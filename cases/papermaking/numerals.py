"""Chinese numerals as papers write them: ordinals, articles, and the date of issue."""

from datetime import date

DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """一 … 九百九十九; raises ValueError outside.

    >>> chinese(253), chinese(10), chinese(105)
    ('二百五十三', '十', '一百零五')
    """
    if not 0 < number < 1000:
        raise ValueError(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def formal_day(day: date) -> str:
    """二〇二六年十一月二十二日, the date of issue."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese(day.month)}月{chinese(day.day)}日"
