#!/usr/bin/env python3
"""Random dates, times and zones from 1900 to 2100 with the results of Python's `datetime` and `zoneinfo`, one per
line, tab-separated:

    operation  left  right  result

`right` is `-` where there is none. Call: temporal_cases.py COUNT SEED
"""

import calendar
import random
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1)
FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})


def day(source):
    kind = source.random()
    if kind < 0.2:  # ends of months, and of Februaries
        year, month = source.randint(1900, 2100), source.choice([1, 2, 2, 12, source.randint(1, 12)])
        last = calendar.monthrange(year, month)[1]
        return date(year, month, source.choice([1, last, last - 1]))
    if kind < 0.25:  # the first and last years Python has
        return date(source.choice([1, 4, 100, 400, 9999]), source.randint(1, 12), source.randint(1, 28))
    return FIRST + timedelta(days=source.randint(0, (LAST - FIRST).days))


def moment(source):
    kind = source.random()
    if kind < 0.3:  # most clocks change at full hours of the night
        seconds = source.choice([0, 1, 2, 3, 23]) * 3600 + source.choice([0, -1, 1, 1800])
    else:
        seconds = source.randint(0, 86399)
    return datetime.combine(FIRST + timedelta(days=source.randint(0, (LAST - FIRST).days)), datetime.min.time()) + timedelta(seconds=seconds)


def months_later(start, months):
    total = start.year * 12 + start.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def seconds(delta):
    return delta.days * 86400 + delta.seconds


def duration(delta):
    """XSD's canonical form of a dayTimeDuration."""
    total = abs(delta)
    hours, rest = divmod(total.seconds, 3600)
    minutes, rest = divmod(rest, 60)
    fraction = f".{total.microseconds:06}".rstrip("0") if total.microseconds else ""
    parts = [(hours, "H"), (minutes, "M")]
    time = "".join(f"{value}{unit}" for value, unit in parts if value)
    if rest or fraction:
        time += f"{rest}{fraction}S"
    text = (f"{total.days}D" if total.days else "") + (f"T{time}" if time else "")
    return ("-" if delta < timedelta(0) else "") + "P" + (text or "T0S")


def iso(value):
    """Python's text without zeros at the end of a fraction, which FEEL does not write."""
    text = value.isoformat()
    return text.rstrip("0") if "." in text else text


def delta(source):
    days = source.choice([0, source.randint(-40, 40), source.randint(-30000, 30000)])
    return timedelta(days=days, seconds=source.randint(-86400, 86400), microseconds=source.choice([0, 0, source.randint(0, 999999)]))


def zoned(source, operation):
    zone = source.choice(ZONES)
    info = zoneinfo.ZoneInfo(zone)
    if operation == "offset":
        instant = moment(source).replace(tzinfo=timezone.utc)
        return zone, seconds(instant.replace(tzinfo=None) - EPOCH), seconds(instant.astimezone(info).utcoffset())
    if operation == "local":
        local = moment(source)
        utc = local - local.replace(tzinfo=info).utcoffset()
        return zone, local.isoformat(), seconds(utc - EPOCH)
    start = moment(source).replace(tzinfo=timezone.utc).astimezone(info).replace(fold=0)
    change = timedelta(seconds=source.choice([3600, 7200, source.randint(-(10**7), 10**7)]))
    end = (start.astimezone(timezone.utc) + change).astimezone(info)
    # The second time that a clock shows is written with its offset.
    shown = end.isoformat() if end.fold else f"{end.replace(tzinfo=None).isoformat()}@{zone}"
    return f"{start.replace(tzinfo=None).isoformat()}@{zone}", duration(change), shown.replace("+00:00", "Z")


def local(source, operation):
    start = day(source)
    if operation == "day":
        return start.isoformat(), "-", (start - EPOCH.date()).days
    if operation == "week":
        return start.isoformat(), "-", "{1} {2} {0}".format(start.timetuple().tm_yday, *start.isocalendar()[1:])
    if operation == "addDays":
        change = source.randint(-50000, 50000)
        end = start.toordinal() + change
        return (start.isoformat(), change, date.fromordinal(end).isoformat()) if 0 < end <= date.max.toordinal() else None
    if operation == "addMonths":
        change = source.randint(-2500, 2500)
        end = months_later(start, change)
        return (start.isoformat(), change, end.isoformat()) if end else None
    if operation == "days":
        end = day(source)
        return start.isoformat(), end.isoformat(), (start - end).days
    begin = moment(source) + timedelta(microseconds=source.choice([0, source.randint(0, 999999)]))
    if operation == "subtract":
        end = moment(source) + timedelta(microseconds=source.choice([0, source.randint(0, 999999)]))
        return iso(begin), iso(end), duration(begin - end)
    change = delta(source)
    return iso(begin), duration(change), iso(begin + change)


ZONED = ["offset", "local", "addZoned"]
OPERATIONS = ZONED + ["day", "week", "addDays", "addMonths", "days", "subtract", "add"]


def main():
    source = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        operation = source.choice(OPERATIONS)
        case = zoned(source, operation) if operation in ZONED else local(source, operation)
        if case is not None:
            print(operation, *case, sep="\t")


main()
