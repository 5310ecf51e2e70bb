// Is the coordinator's real workbook understood row by row as a careful person reads it?
//
// Read by hand, 65 + 40 + 119 rows. A row is *accepted* when each cell stands in a spelling of our own (Estonian or ISO:
// "Harju maakond", "eesti, vene", "naine", "jah", 29.07.2021 or 2021-07-29, 01.2022 or 2022-01, a number, "4,5", "15,00 €").
//
// Vabatahtlikud: title in row 1, headings in row 3, row 24 blank, row 70 "Kokku 64". Rows 4–23 and 25–69 are 65 rows:
//   refused 1    row 14: the check digit of the personal code is wrong
//   duplicate 1  row 38 is row 37 in capitals (same number 33, telephone and e-mail)
//   normalised 63 all others: not one row is free of "x", "JAH", "n", a short year, a clock time or a bare county.
//                Of these, three lose one cell: rows 6 and 10 (the code is of another year, or year and sex, than the row)
//                and row 56 ("Tartu" is a city and a parish). 65 − 1 duplicate = 64, as the last row says.
// Vajadused, rows 2–41:
//   accepted 2   rows 26 and 39
//   normalised 38 each other has "N"/"M" for the wished sex, a county not in full, a date with two-digit year, slashes,
//                single digits or a clock time, "14 punkti" (row 6) or "pool aastat" (rows 15, 17, 25, 37, 38)
// Tunnid 2022, rows 2–120:
//   refused 14   "Laura Näidis-Tamm" is two people (numbers 11 and 13) and neither lives where cases 006 and 008 are
//   normalised 55 of the others, the month is a whole date or the hours read "1 h"
//   accepted 50  the rest
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { translator } from '../i18n/i18n.ts'
import { type AnyRow, changes, type Preview, problems, type SheetPreview } from './preview.ts'
import { readCoordinatorWorkbook } from './workbook.server.ts'

const file = new URL('../../test/data/koordinaatori-tabel-a.xlsx', import.meta.url)
const t = translator('et')
let preview: Preview
const sheet = <K extends SheetPreview['kind']>(kind: K) =>
  preview.sheets.find((one) => one.kind === kind) as Extract<SheetPreview, { kind: K }>
const rowOf = (kind: SheetPreview['kind'], row: number) =>
  (sheet(kind).rows as AnyRow[]).find((one) => one.row === row) as AnyRow
const said = (row: AnyRow) => problems(row).map((cell) => [cell.at, cell.state, t(cell.why.key, cell.why.args)])
const numbers = (kind: SheetPreview['kind'], outcome: string) =>
  (sheet(kind).rows as AnyRow[]).filter((row) => row.outcome === outcome).map((row) => row.row)
const lauras = [4, 6, 17, 25, 26, 33, 43, 51, 71, 73, 84, 97, 114, 115]

beforeAll(async () => {
  preview = await readCoordinatorWorkbook(readFileSync(file))
})

it('counts the rows of each sheet as the reading by hand does', () => {
  expect(preview.sheets.map(({ name, kind, headerRow, counts }) => ({ name, kind, headerRow, ...counts }))).toEqual([
    { name: 'Vabatahtlikud', kind: 'volunteers', headerRow: 3, accepted: 0, normalised: 63, duplicate: 1, refused: 1 },
    { name: 'Vajadused', kind: 'needs', headerRow: 1, accepted: 2, normalised: 38, duplicate: 0, refused: 0 },
    { name: 'Tunnid 2022', kind: 'hours', headerRow: 1, accepted: 50, normalised: 55, duplicate: 0, refused: 14 },
  ])
  expect(preview.counts).toEqual({ accepted: 52, normalised: 156, duplicate: 1, refused: 15 })
  expect(preview.ignoredSheets).toEqual([])
})

it('uses the row numbers of the sheet and leaves titles, blanks and totals out', () => {
  expect(sheet('volunteers').rows.map((row) => row.row)).toEqual(
    Array.from({ length: 66 }, (_, n) => n + 4).filter((row) => row !== 24),
  )
  expect(sheet('volunteers').skipped.map(({ row, why, stated }) => [row, why, stated])).toEqual([
    [1, 'title', null],
    [70, 'total', 64],
  ])
  expect(new Set(sheet('volunteers').rows.map((row) => row.key)).size).toBe(64)
})

describe('volunteers', () => {
  it('refuses, sets beside each other and leaves out what the hand did', () => {
    expect(said(rowOf('volunteers', 14))).toEqual([['C14', 'refused', t('imports.problem.personalCode.check-digit')]])
    expect(rowOf('volunteers', 38)).toMatchObject({
      outcome: 'duplicate',
      duplicateOf: { sheet: 'Vabatahtlikud', row: 37 },
      differs: ['Ees- ja perenimi'],
    })
    const leftOut = sheet('volunteers').rows.flatMap((row) => problems(row).filter((cell) => cell.state === 'leftOut'))
    expect(leftOut.map((cell) => cell.at)).toEqual(['C6', 'C10', 'G56'])
    expect(t(leftOut[1]?.why.key ?? 'imports.problem.missing', leftOut[1]?.why.args)).toContain(
      'teist sünniaastat ja sugu',
    )
  })

  it('never repeats a personal code in a sentence', () => {
    const sentences = sheet('volunteers').rows.flatMap((row) =>
      row.cells.flatMap((cell) => [cell.why, ...cell.checks].map((one) => (one ? t(one.key, one.args) : ''))),
    )
    expect(sentences.filter((sentence) => /\d{11}/.test(sentence))).toEqual([])
  })

  it('keeps people of one name apart', () => {
    for (const [one, other] of [
      [57, 58],
      [40, 45],
      [14, 16],
    ] as const) {
      expect(rowOf('volunteers', one).key).not.toBe(rowOf('volunteers', other).key)
    }
  })

  it('understands a whole row', () => {
    expect(rowOf('volunteers', 9).values).toEqual({
      ordinal: 6,
      name: 'Olga Näidis-Mägi-6',
      personalCode: null,
      phone: '+37251049459',
      email: 'olga6@example.ee',
      countyCode: '0037',
      municipalityCode: '0784',
      languages: ['et', 'ru', 'en'],
      sex: 'F',
      birthYear: 1965,
      occupation: 'pensionär',
      hasCar: false,
      trainedOn: '2020-04-30',
      contractFrom: '2020-07-05',
      contractUntil: '2022-07-05',
      pledged: true,
      backgroundCheckedOn: '2021-09-26',
      childContact: true,
      maxCases: 2,
      status: 'active',
      supervisor: 'Juhendaja A (Põhja)',
      note: 'Töötab KOV-is, võimalik huvide konflikt',
      remoteOnly: false,
      availability: null,
    })
    expect(rowOf('volunteers', 53).values).toMatchObject({
      status: 'ended',
      availability: 'Ei saa suvel',
      municipalityCode: '0431',
    })
    expect(rowOf('volunteers', 46).values).toMatchObject({ remoteOnly: true })
    expect(rowOf('volunteers', 22).values).toMatchObject({
      status: 'candidate',
      contractFrom: null,
      pledged: null,
      municipalityCode: '0668',
    })
  })

  it('asks for a look at health, conflicts of interest and active people without a pledge', () => {
    const asked = (key: string) =>
      sheet('volunteers')
        .rows.filter((row) => row.cells.some((cell) => cell.checks.some((one) => one.key === key)))
        .map((row) => row.row)
    expect(asked('imports.check.health')).toEqual([30])
    expect(asked('imports.check.conflict')).toEqual([9, 12, 44])
    expect(asked('imports.check.activeWithout')).toEqual([19, 39, 58, 62])
    expect(asked('imports.check.noContact')).toEqual([])
  })
})

it('understands the needs', () => {
  expect(numbers('needs', 'accepted')).toEqual([26, 39])
  expect(rowOf('needs', 15).values).toEqual({
    caseNumber: 'M-2022-014',
    countyCode: '0037',
    municipalityCode: '0784',
    language: 'ru',
    wantedSex: 'F',
    children: 2,
    score: 18,
    ground: 'count',
    since: '2022-12-23',
    months: 6,
    note: null,
    avoidLocal: false,
  })
  expect(rowOf('needs', 18).values).toMatchObject({ avoidLocal: true, wantedSex: 'M' })
  expect(rowOf('needs', 6).values).toMatchObject({ score: 14, municipalityCode: '0515' })
  expect(rowOf('needs', 36).values).toMatchObject({ language: 'uk', countyCode: '0060' })
  expect(rowOf('needs', 7).values).toMatchObject({ since: '2022-12-04' })
  expect(new Set(sheet('needs').rows.map((row) => row.key)).size).toBe(40)
})

describe('hours', () => {
  it('does not guess which of two people of one name gave them', () => {
    expect(numbers('hours', 'refused')).toEqual(lauras)
    const [, , sentence = ''] = said(rowOf('hours', 4))[0] ?? []
    expect(sentence).toContain('Jrk 11, Viimsi vald, Harju maakond')
    expect(sentence).toContain('Jrk 13, Lüganuse vald, Ida-Viru maakond')
    expect(rowOf('hours', 4).choice?.candidates.map(({ key, taken }) => [key, taken])).toEqual([
      [rowOf('volunteers', 14).key, false],
      [rowOf('volunteers', 16).key, true],
    ])
  })

  it('takes them once somebody has said who is meant, and only for that case', async () => {
    const asked = rowOf('hours', 6).choice?.id ?? ''
    const again = await readCoordinatorWorkbook(readFileSync(file), {
      choices: { [asked]: rowOf('volunteers', 16).key },
    })
    const hours = again.sheets[2]?.rows as AnyRow[]
    // Case M-2022-008 stands in rows 6, 17, 26, 33, 73 and 115; case 006 still waits for an answer.
    expect(hours.filter((row) => row.outcome === 'refused').map((row) => row.row)).toEqual([
      4, 25, 43, 51, 71, 84, 97, 114,
    ])
    expect(hours.find((row) => row.row === 6)?.values).toMatchObject({ volunteerKey: rowOf('volunteers', 16).key })
    const wrong = await readCoordinatorWorkbook(readFileSync(file), {
      choices: { [asked]: rowOf('volunteers', 14).key },
    })
    expect(wrong.sheets[2]?.counts.refused).toBe(14)
  })

  it('understands figures, and asks for a look at whereabouts and at hours before the need', () => {
    expect(rowOf('hours', 12).values).toEqual({
      month: '2022-01',
      volunteerName: 'Sirje Näidis-Koppel',
      caseNumber: 'M-2022-016',
      contacts: 5,
      minutes: 300,
      expenseCents: 1500,
      note: null,
      volunteerKey: rowOf('volunteers', 26).key,
    })
    const asked = (key: string) =>
      sheet('hours')
        .rows.filter((row) => row.cells.some((cell) => cell.checks.some((one) => one.key === key)))
        .map((row) => row.row)
    expect(asked('imports.check.whereabouts')).toEqual([16, 20, 39, 91])
    expect(asked('imports.check.beforeNeed')).toContain(2)
    expect(asked('imports.check.beforeContract')).toContain(9)
    expect(new Set(sheet('hours').rows.map((row) => row.key)).size).toBe(119)
  })
})

it('is plain data, says why for each changed cell, and gives every row the same key each time', async () => {
  expect(JSON.parse(JSON.stringify(preview))).toEqual(preview)
  const changed = preview.sheets.flatMap((one) => (one.rows as AnyRow[]).flatMap(changes))
  expect(changed.every((cell) => cell.why !== null && cell.shown !== '')).toBe(true)
  const keys = (one: Preview) => one.sheets.flatMap(({ rows }) => (rows as AnyRow[]).map((row) => row.key))
  expect(keys(await readCoordinatorWorkbook(readFileSync(file)))).toEqual(keys(preview))
  expect(keys(preview).every((key) => /^(volunteer|need|hours)-[0-9a-f]{32}$/.test(key))).toBe(true)
})
