"""How are opening hours told? A day that was asked for, or the whole week and what today is like."""

from datetime import date

from bot.conversation.composing.calendar import Calendar, DayWords, OfficeDay, OpenState, day_meant, spans
from bot.conversation.composing.wording import Occasion, full_date, month_names, sentence, weekday_names
from bot.conversation.reply import Block, bullets, note, text
from bot.knowledge.model import Agency, OpenHours, WeekHours
from bot.knowledge.phrases import Phrases
from bot.knowledge.region import Holiday

_SOON = 14  # days: a closure so near is worth a word


def hours_blocks(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """When an agency is open; empty when neither it nor its region says.

    Hours that are only the region's usual office hours are said to be that.
    """
    calendar = _calendar(agency, asking)
    if calendar is None:
        return ()
    blocks = _asked_day(calendar, asking) if asking.day else _week(calendar, asking)
    return (*blocks, *_remark(calendar, _asked_week(calendar, asking), agency, asking))


def hours_in_brief(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """The hours that hold today in one line, with what must be known of them; empty when they are not known."""
    calendar = _calendar(agency, asking)
    if calendar is None:
        return ()
    week = calendar.week_of(asking.today)
    said = text(_line(week, asking), asking.say("aspek.jam"))
    return (said, *_fasting(calendar, asking.today, asking), *_remark(calendar, week, agency, asking))


def usual_hours(agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    """The same for whoever reads it on another day: the usual week, and that of Ramadan."""
    calendar = _calendar(agency, asking)
    if calendar is None:
        return ()
    fasting = calendar.fasting_week
    lines = [_line(calendar.week, asking)]
    lines += [asking.say("jam.selama_ramadan", jam=_line(fasting, asking))] if fasting else []
    return (*map(text, lines), *_remark(calendar, calendar.week, agency, asking))


def office_line(agency: Agency, asking: Occasion) -> str:
    """The hours that hold today in one line, without more."""
    calendar = _calendar(agency, asking)
    return _line(calendar.week_of(asking.today), asking) if calendar else asking.say("jawaban.belum")


def _calendar(agency: Agency, asking: Occasion) -> Calendar | None:
    """The hours of an agency, or the usual ones of its region."""
    region = asking.knowledge.region
    week, fasting = agency.hours or region.office_hours, agency.ramadan_hours
    if not agency.hours:
        fasting = fasting or region.ramadan_hours
    return Calendar(week, asking.knowledge.holidays, asking.knowledge.ramadan, fasting) if week else None


def _remark(calendar: Calendar, week: WeekHours, agency: Agency, asking: Occasion) -> tuple[Block, ...]:
    said = week.text or calendar.week.text or ("" if agency.hours else asking.say("jam.umum"))
    return (note(said),) if said else ()


def _line(week: WeekHours, asking: Occasion) -> str:
    return sentence("; ".join(_span_lines(week, asking)))


def _asked_day(calendar: Calendar, asking: Occasion) -> tuple[Block, ...]:
    if asking.day.casefold() == asking.say("jam.kata_hari_libur"):
        return _on_holidays(calendar, asking)
    if _is_ramadan_asked(asking):
        return _in_ramadan(calendar, asking)
    day = _meant(calendar, asking)
    if day is None:
        return _week(calendar, asking)
    found = calendar.on(day)
    lines = [_day_line(found, calendar, asking)]
    if day == asking.today:
        lines.append(_now_line(calendar, asking))
    elif found.hours is None:
        lines.append(_reopening(calendar, day, asking))
    said = text(" ".join(line for line in lines if line), asking.say("aspek.jam"))
    fasting = _fasting(calendar, day, asking) if found.hours else ()
    return (said, *_doubt(found.holiday, asking), *fasting)


def _meant(calendar: Calendar, asking: Occasion) -> date | None:
    """The day that was asked for."""
    if not asking.day:
        return None
    return day_meant(asking.day, asking.today, day_words(asking.knowledge.phrases), calendar.holidays)


def _is_ramadan_asked(asking: Occasion) -> bool:
    return asking.day.casefold() == asking.say("jam.kata_ramadan")


def _asked_week(calendar: Calendar, asking: Occasion) -> WeekHours:
    if _is_ramadan_asked(asking):
        return calendar.fasting_week or calendar.week
    return calendar.week_of(_meant(calendar, asking) or asking.today)


def _in_ramadan(calendar: Calendar, asking: Occasion) -> tuple[Block, ...]:
    lines = [*_span_lines(_asked_week(calendar, asking), asking), asking.say("jam.selain_itu")]
    remark = asking.say("jam.ramadan" if calendar.fasting_week else "jam.ramadan_belum")
    return (bullets(lines, asking.say("aspek.jam")), note(remark))


def _week(calendar: Calendar, asking: Occasion) -> tuple[Block, ...]:
    lines = [*_span_lines(_asked_week(calendar, asking), asking), asking.say("jam.selain_itu")]
    today = calendar.on(asking.today)
    now = " ".join(filter(None, (_day_line(today, calendar, asking), _now_line(calendar, asking))))
    blocks = (bullets(lines, asking.say("aspek.jam")), text(now), *_fasting(calendar, asking.today, asking))
    soon = calendar.holiday_within(asking.today, _SOON)
    return (*blocks, text(_closure(soon, asking))) if soon else blocks


def _on_holidays(calendar: Calendar, asking: Occasion) -> tuple[Block, ...]:
    lines = [asking.say("jam.hari_libur_tutup")]
    ahead = calendar.holiday_within(asking.today, 366)
    if ahead:
        lines.append(_closure(ahead, asking))
    return (text(" ".join(lines), asking.say("aspek.jam")), *_doubt(ahead, asking))


def _closure(holiday: Holiday, asking: Occasion) -> str:
    return asking.say("jam.libur_terdekat", tanggal=full_date(holiday.day), nama=holiday.name)


def _fasting(calendar: Calendar, day: date, asking: Occasion) -> tuple[Block, ...]:
    """What holds during Ramadan, or that it is not known."""
    ramadan = calendar.ramadan(day)
    if ramadan is None:
        return ()
    lines = [asking.say("jam.ramadan" if calendar.fasting_week else "jam.ramadan_belum")]
    lines += [asking.say("jam.ramadan_perkiraan")] if ramadan.tentative else []
    return (note(" ".join(lines)),)


def _span_lines(week: WeekHours, asking: Occasion) -> list[str]:
    names = weekday_names()
    lines = []
    for first, last, hours in spans(week):
        days = names[first] if first == last else asking.say("jam.rentang", awal=names[first], akhir=names[last])
        lines.append(asking.say("jam.baris", hari=days, jam=_hours(hours, asking)))
    return lines


def _hours(hours: OpenHours, asking: Occasion) -> str:
    if hours.break_from and hours.break_until:
        values = {"istirahat": hours.break_from, "sampai": hours.break_until}
        return asking.say("jam.buka_istirahat", buka=hours.opens, tutup=hours.closes, **values)
    return asking.say("jam.buka", buka=hours.opens, tutup=hours.closes)


def _day_line(found: OfficeDay, calendar: Calendar, asking: Occasion) -> str:
    named = full_date(found.day)
    ahead = (found.day - asking.today).days
    if ahead in range(len(_NEAR_DAYS)):
        named = asking.say("jam.hari_dekat", kata=asking.say(_NEAR_DAYS[ahead]).capitalize(), tanggal=named)
    if found.holiday and found.holiday.kind.casefold() in found.holiday.name.casefold():
        return asking.say("jam.libur", hari=named, nama=found.holiday.name)
    if found.holiday:
        return asking.say("jam.libur_jenis", hari=named, nama=found.holiday.name, jenis=found.holiday.kind)
    if found.hours is None:
        return asking.say("jam.tutup", hari=named)
    key = "jam.hari_kerja" if calendar.week_of(found.day).of_staff else "jam.pada_hari"
    return asking.say(key, hari=named, jam=_hours(found.hours, asking))


_NEAR_DAYS = ("jam.kata_hari_ini", "jam.kata_besok", "jam.kata_lusa")


def _now_line(calendar: Calendar, asking: Occasion) -> str:
    today = calendar.on(asking.today)
    state, hours = today.state(asking.at.time()), today.hours
    reopening = _reopening(calendar, asking.today, asking)
    if hours is None or state is None:
        return reopening
    if calendar.ramadan(asking.today) and not calendar.fasting_week:
        return ""
    values = {"buka": hours.opens, "tutup": hours.closes, "sampai": hours.break_until}
    key = _OF_STAFF[state] if calendar.week_of(asking.today).of_staff else state.value
    now = asking.say(key, jam=f"{asking.at:%H.%M}", **values)
    return f"{now} {reopening}".strip() if state is OpenState.AFTER else now


_OF_STAFF = {
    OpenState.OPEN: "jam.sedang_kerja",
    OpenState.BREAK: "jam.sedang_jeda",
    OpenState.BEFORE: "jam.belum_kerja",
    OpenState.AFTER: "jam.selesai_kerja",
}
"""The same said of officials' working hours: when their counter is open is not known."""


def _reopening(calendar: Calendar, day: date, asking: Occasion) -> str:
    found = calendar.opens_after(day)
    if found is None or found.hours is None:
        return ""
    key = "jam.kerja_lagi" if calendar.week_of(found.day).of_staff else "jam.buka_lagi"
    return asking.say(key, hari=full_date(found.day), buka=found.hours.opens)


def _doubt(holiday: Holiday | None, asking: Occasion) -> tuple[Block, ...]:
    return (note(asking.say("jam.perkiraan")),) if holiday and holiday.tentative else ()


def day_words(phrases: Phrases) -> DayWords:
    """How days are named here."""
    return DayWords(
        near=tuple(map(phrases.say, _NEAR_DAYS)),
        weekdays=tuple(name.casefold() for name in weekday_names()),
        months=tuple(name.casefold() for name in month_names()),
    )
