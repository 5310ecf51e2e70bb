// How is a calendar written so that every calendar program reads it? RFC 5545, as much of it as days and hours need.

/** `startsAt` as `HH:MM[:SS]` in Estonian time; without it the event is that whole day. `title` is all that is said of it. */
export type CalendarEvent = { id: string; on: string; startsAt: string | null; title: string; changedAt: Date }

const minutesOfMeeting = 120

/**
 * The text of a calendar (`text/calendar`), lines folded at 75 octets and ended by CRLF (RFC 5545 §3.1). Hours are given with their zone, of
 * which the calendar carries its own rules (§3.6.5), so that a program without the name knows them too.
 */
export function calendarText(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Calendar//ET', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...[`X-WR-CALNAME:${escaped(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', ...zone],
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines({ id, on, startsAt, title, changedAt }: CalendarEvent): string[] {
  const day = on.replaceAll('-', '')
  const hour = startsAt?.slice(0, 5).replace(':', '')
  return [
    ...['BEGIN:VEVENT', `UID:${id}`, `DTSTAMP:${instant(changedAt)}`],
    ...(hour
      ? [`DTSTART;TZID=Europe/Tallinn:${day}T${hour}00`, `DURATION:PT${minutesOfMeeting}M`]
      : [`DTSTART;VALUE=DATE:${day}`]),
    ...[`SUMMARY:${escaped(title)}`, 'CLASS:PRIVATE', 'TRANSP:OPAQUE', 'END:VEVENT'],
  ]
}

const instant = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

// Estonia's clocks as they have gone since 2002 (Directive 2000/84/EC).
const zone = [
  ...['BEGIN:VTIMEZONE', 'TZID:Europe/Tallinn'],
  ...['BEGIN:STANDARD', 'DTSTART:20021027T040000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
  ...['TZOFFSETFROM:+0300', 'TZOFFSETTO:+0200', 'TZNAME:EET', 'END:STANDARD'],
  ...['BEGIN:DAYLIGHT', 'DTSTART:20020331T030000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'],
  ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0300', 'TZNAME:EEST', 'END:DAYLIGHT', 'END:VTIMEZONE'],
]

/** Text as a value (§3.3.11): nothing in it ends the line or begins a property; signs that steer a terminal are left out. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '')
}

/** No line is longer than 75 octets; a letter is never cut in two. */
export function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (octets + size > 75) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += letter
    octets += size
  }
  return [...parts, part].join('\r\n')
}
