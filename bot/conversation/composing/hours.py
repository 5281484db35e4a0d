"""How are opening hours told? A day that was asked for, or the whole week and what today is like."""

from datetime import datetime

from bot.conversation.composing.calendar import Calendar, DayWords, OfficeDay, OpenState, day_meant
from bot.conversation.composing.wording import Occasion, full_date, month_names, weekday_names
from bot.conversation.reply import Block, bullets, note, text
from bot.knowledge.model import Agency, OpenHours, WeekHours
from bot.knowledge.phrases import Phrases
from bot.knowledge.region import Holiday

_SOON = 14  # days: a closure so near is worth a word


def week_of(agency: Agency, asking: Occasion) -> WeekHours | None:
    """The hours of an agency, or the usual ones of its region."""
    return agency.hours or asking.knowledge.region.office_hours


def hours_blocks(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """When an agency is open; empty when neither it nor its region says.

    Hours that are only the region's usual office hours are said to be that.
    """
    week = week_of(agency, asking)
    if week is None:
        return ()
    calendar = Calendar(week, asking.knowledge.holidays)
    blocks = _asked_day(calendar, asking) if asking.day else _week(calendar, asking)
    remark = week.text or ("" if agency.hours else asking.phrases.say("jam.umum"))
    return (*blocks, note(remark)) if remark else blocks


def hours_line(agency: Agency, asking: Occasion) -> str:
    """The week in one line; empty when it is not known."""
    week = week_of(agency, asking)
    return "; ".join(_span_lines(Calendar(week, ()), asking.phrases)) if week else ""


def _asked_day(calendar: Calendar, asking: Occasion) -> tuple[Block, ...]:
    phrases = asking.phrases
    if asking.day.casefold() == phrases.say("jam.kata_hari_libur"):
        return _on_holidays(calendar, asking)
    day = day_meant(asking.day, asking.today, day_words(phrases), calendar.holidays)
    if day is None:
        return _week(calendar, asking)
    found = calendar.on(day)
    lines = [_day_line(found, asking)]
    if day == asking.today:
        lines.append(_now_line(calendar, asking.at, phrases))
    elif found.hours is None:
        lines.append(_reopening(calendar.opens_after(day), phrases))
    return (text(" ".join(line for line in lines if line), phrases.say("aspek.jam")), *_doubt(found.holiday, phrases))


def _week(calendar: Calendar, asking: Occasion) -> tuple[Block, ...]:
    phrases = asking.phrases
    lines = [*_span_lines(calendar, phrases), phrases.say("jam.selain_itu")]
    today = calendar.on(asking.today)
    now = " ".join(filter(None, (_day_line(today, asking), _now_line(calendar, asking.at, phrases))))
    blocks = (bullets(lines, phrases.say("aspek.jam")), text(now))
    soon = calendar.holiday_within(asking.today, _SOON)
    return (*blocks, text(_closure(soon, phrases))) if soon else blocks


def _on_holidays(calendar: Calendar, asking: Occasion) -> tuple[Block, ...]:
    phrases = asking.phrases
    lines = [phrases.say("jam.hari_libur_tutup")]
    ahead = calendar.holiday_within(asking.today, 366)
    if ahead:
        lines.append(_closure(ahead, phrases))
    return (text(" ".join(lines), phrases.say("aspek.jam")), *_doubt(ahead, phrases))


def _closure(holiday: Holiday, phrases: Phrases) -> str:
    return phrases.say("jam.libur_terdekat", tanggal=full_date(holiday.day), nama=holiday.name)


def _span_lines(calendar: Calendar, phrases: Phrases) -> list[str]:
    names = weekday_names()
    lines = []
    for first, last, hours in calendar.spans():
        days = names[first] if first == last else phrases.say("jam.rentang", awal=names[first], akhir=names[last])
        lines.append(phrases.say("jam.baris", hari=days, jam=_hours(hours, phrases)))
    return lines


def _hours(hours: OpenHours, phrases: Phrases) -> str:
    if hours.break_from and hours.break_until:
        values = {"istirahat": hours.break_from, "sampai": hours.break_until}
        return phrases.say("jam.buka_istirahat", buka=hours.opens, tutup=hours.closes, **values)
    return phrases.say("jam.buka", buka=hours.opens, tutup=hours.closes)


def _day_line(found: OfficeDay, asking: Occasion) -> str:
    phrases = asking.phrases
    named = full_date(found.day)
    ahead = (found.day - asking.today).days
    if ahead in _NEAR_DAYS:
        named = phrases.say("jam.hari_dekat", kata=phrases.say(_NEAR_DAYS[ahead]).capitalize(), tanggal=named)
    if found.holiday and found.holiday.kind.casefold() in found.holiday.name.casefold():
        return phrases.say("jam.libur", hari=named, nama=found.holiday.name)
    if found.holiday:
        return phrases.say("jam.libur_jenis", hari=named, nama=found.holiday.name, jenis=found.holiday.kind)
    if found.hours is None:
        return phrases.say("jam.tutup", hari=named)
    return phrases.say("jam.pada_hari", hari=named, jam=_hours(found.hours, phrases))


_NEAR_DAYS = {0: "jam.kata_hari_ini", 1: "jam.kata_besok", 2: "jam.kata_lusa"}


def _now_line(calendar: Calendar, moment: datetime, phrases: Phrases) -> str:
    today = calendar.on(moment.date())
    state = today.state(moment.time())
    clock = f"{moment:%H.%M}"
    match state:
        case OpenState.OPEN if today.hours:
            return phrases.say("jam.sedang_buka", jam=clock, tutup=today.hours.closes)
        case OpenState.BREAK if today.hours:
            return phrases.say("jam.sedang_istirahat", jam=clock, sampai=today.hours.break_until)
        case OpenState.BEFORE if today.hours:
            return phrases.say("jam.belum_buka", jam=clock, buka=today.hours.opens)
        case OpenState.AFTER:
            reopening = _reopening(calendar.opens_after(moment.date()), phrases)
            return " ".join(filter(None, (phrases.say("jam.sudah_tutup", jam=clock), reopening)))
    return _reopening(calendar.opens_after(moment.date()), phrases)


def _reopening(found: OfficeDay | None, phrases: Phrases) -> str:
    if found is None or found.hours is None:
        return ""
    return phrases.say("jam.buka_lagi", hari=full_date(found.day), buka=found.hours.opens)


def _doubt(holiday: Holiday | None, phrases: Phrases) -> tuple[Block, ...]:
    return (note(phrases.say("jam.perkiraan")),) if holiday and holiday.tentative else ()


def day_words(phrases: Phrases) -> DayWords:
    """How days are named here."""
    return DayWords(
        today=phrases.say("jam.kata_hari_ini"),
        tomorrow=phrases.say("jam.kata_besok"),
        after_tomorrow=phrases.say("jam.kata_lusa"),
        weekdays=tuple(name.casefold() for name in weekday_names()),
        months=tuple(name.casefold() for name in month_names()),
    )
