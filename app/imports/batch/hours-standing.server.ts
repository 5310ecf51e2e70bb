// Which months of which volunteers with which cases does the register have already?
import type { Db } from '../../core/db.server.ts'
import { formatHours, formatMoney } from '../../i18n/format.ts'
import type { HoursValues } from '../hours-sheet.ts'
import type { AnyRow, Preview } from '../preview.ts'
import { keyOf } from '../sheet.ts'
import { rowId, type Standing } from './plan.ts'

/** The stable name of a month of hours in the register, however the workbook that brought it was arranged. */
export const visitKey = (month: string, volunteerId: string, caseNumber: string) =>
  keyOf('hours', month, volunteerId, caseNumber)

type Asked = { id: string; row: AnyRow; values: Partial<HoursValues>; volunteerId: string; caseId: string; key: string }

function askedOf(preview: Preview, volunteers: Map<string, string>, cases: Map<string, { id: string }>): Asked[] {
  return preview.sheets.flatMap((sheet, place) => {
    if (sheet.kind !== 'hours') return []
    return sheet.rows.flatMap((row) => {
      const { volunteerKey = '', caseNumber = '', month = '' } = row.values
      const volunteerId = volunteers.get(volunteerKey)
      const there = cases.get(caseNumber)
      if (row.outcome === 'refused' || !volunteerId || !there) return []
      const key = visitKey(month, volunteerId, caseNumber)
      return [{ id: rowId(place, row.row), row, values: row.values, volunteerId, caseId: there.id, key }]
    })
  })
}

async function importedVisits(db: Db, keys: string[]) {
  const rows = await db
    .selectFrom('visit')
    .select(['importKey', 'number', 'contacts', 'minutes', 'expenseCents'])
    .where('importKey', 'in', keys)
    .execute()
  return new Map(rows.map((row) => [row.importKey ?? '', row]))
}

/** Months that the volunteers wrote into the register themselves: the workbook's sums would count them twice. */
async function ownMonths(db: Db, caseIds: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('visit')
    .select(['caseId', 'volunteerId', 'onDate'])
    .where('caseId', 'in', caseIds)
    .where('wholeMonth', '=', false)
    .where('supersededAt', 'is', null)
    .execute()
  return new Set(rows.map((row) => `${row.caseId} ${row.volunteerId} ${row.onDate.slice(0, 7)}`))
}

type Visit = { number: string; contacts: number; minutes: number; expenseCents: number }

function knownMonth({ row, values }: Asked, visit: Visit): Standing['known'] {
  const column = (field: string) => row.cells.find((cell) => cell.field === field)?.column ?? field
  const differs = [
    { column: column('contacts'), here: String(values.contacts ?? 0), there: String(visit.contacts) },
    { column: column('minutes'), here: formatHours(values.minutes ?? 0), there: formatHours(visit.minutes) },
    {
      column: column('expenseCents'),
      here: formatMoney(values.expenseCents ?? 0),
      there: formatMoney(visit.expenseCents),
    },
  ]
  return { href: '', number: visit.number, differs: differs.filter(({ here, there }) => here !== there) }
}

/** What the register says of each row of hours; rows of people or cases that are new to it have no standing. */
export async function hoursStandings(
  db: Db,
  preview: Preview,
  volunteers: Map<string, string>,
  cases: Map<string, { id: string }>,
): Promise<Map<string, Standing>> {
  const asked = askedOf(preview, volunteers, cases)
  if (asked.length === 0) return new Map()
  const visits = await importedVisits(
    db,
    asked.map(({ key }) => key),
  )
  const own = await ownMonths(db, [...new Set(asked.map(({ caseId }) => caseId))])
  const standings = new Map<string, Standing>()
  for (const one of asked) {
    const visit = visits.get(one.key)
    const month = `${one.caseId} ${one.volunteerId} ${one.values.month}`
    if (visit) standings.set(one.id, { known: knownMonth(one, visit) })
    else if (own.has(month)) standings.set(one.id, { stopped: 'ownEntries' })
  }
  return standings
}
