// What is answered to a file that names what is not for whoever sends it – and to the same file that names what never was?
import { randomUUID } from 'node:crypto'
import { container, pdf, sent, signatureXml } from '../../signed.ts'
import { zip } from '../../zip.ts'
import { bodyOf } from '../matrix/bodies.ts'
import type { Cell } from '../matrix/expectations.ts'
import { fileIn } from './fields.ts'
import { type Scene, some } from './forms.ts'
import { filledIn, offeredBy } from './offered.ts'
import { difference } from './send.ts'

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const sheets = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'

/** A workbook of hours with one row, in which this stands where the name of somebody would. */
const workbook = (id: string): Buffer =>
  zip([
    {
      name: '[Content_Types].xml',
      data: `<Types><Override PartName="/xl/workbook.xml" ContentType="${sheets}"/></Types>`,
    },
    {
      name: 'xl/workbook.xml',
      data: '<workbook xmlns:r="r"><sheets><sheet name="Tunnid" sheetId="1" r:id="a"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships><Relationship Id="a" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      data: `<worksheet><sheetData>${row(1, ['Kuu', 'Vabatahtlik', 'Juhtum', 'Tunde'])}${row(2, ['2026-10', id, id, '2'])}</sheetData></worksheet>`,
    },
  ])
const row = (at: number, cells: string[]) =>
  `<row r="${at}">${cells.map((text, nth) => `<c r="${'ABCD'[nth]}${at}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`

const files: Record<string, (id: string) => File> = {
  container: (id) =>
    sent(
      container([signatureXml({ file: `${id}.pdf`, content: id })], [{ name: `${id}.pdf`, data: id }]),
      `${id}.asice`,
    ),
  workbook: (id) => sent(workbook(id), `${id}.xlsx`),
  document: (id) => sent(pdf(id), `${id}.pdf`),
}

/** Every kind of file with every kind of identifier in its name and in what stands in it. */
export async function tryFile(scene: Scene, cell: Cell, most: number): Promise<void> {
  const { desk, things, ids, seen } = scene
  const { figures } = desk
  const field = fileIn(cell.page)
  if (!field) return
  const shown = cell.page.get
    ? (await desk.ask({ cell: { ...cell, method: 'GET' }, path: cell.place.path }, [])).raw
    : ''
  const offered = offeredBy(shown, cell.place.path)
  const mine = await seen(cell.who)
  const hidden = ids.all.filter(({ id }) => !mine.has(id) && !shown.includes(id))
  const byKind = [...Map.groupBy(hidden, ({ table, kind }) => `${table} ${kind}`).values()].flatMap((all) =>
    all.slice(0, 1),
  )
  for (const [kind, make] of Object.entries(files)) {
    const put = (id: string) => {
      const body = new FormData()
      const filled = filledIn(bodyOf(cell.page, cell.who, things), offered)
      filled.set('_once', randomUUID())
      filled.delete(field)
      for (const [name, value] of filled) body.append(name, value)
      body.set(field, make(id))
      return desk.ask({ cell, path: cell.place.path, body }, [id])
    }
    const name = `${cell.method} ${cell.address} ${field} (${kind})`
    figures.routes.add(`${cell.method} ${cell.address}`)
    figures.fields.add(name)
    const missing = await put(randomUUID())
    for (const { id, table, kind: was } of some(byKind, most, name)) {
      figures.pairs++
      figures.kinds[was] = (figures.kinds[was] ?? 0) + 1
      const fault = difference(await put(id), missing)
      if (fault) figures.differ.push(`${name} × ${cell.who.name}, ${was} ${table}: ${fault}`)
    }
  }
}
