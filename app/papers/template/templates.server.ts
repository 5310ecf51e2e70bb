// By which wordings are papers made today, and how does a wording become another one?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { faultsOf, inForce, type PaperKind, paperKinds, type Template, WriteTemplate } from './template.ts'

const coordinator = { roles: ['coordinator'] } as const
const about = (input: { template: PaperKind }) => ({ kind: 'template', id: input.template })

/** Every version of a kind, the newest first. */
export async function versionsOf(db: Db, kind: PaperKind): Promise<[Template, ...Template[]]> {
  const { rows } = await sql<Template>`
    select t.kind, t.version, t.from_on, t.words, p.name as by from paper_template t left join person p on p.id = t.created_by
    where t.kind = ${kind} order by t.version desc`.execute(db)
  const [newest, ...older] = rows
  if (!newest) throw new NotFound()
  return [newest, ...older]
}

/** The wording that holds today. */
export async function templateNow(db: Db, kind: PaperKind): Promise<Template> {
  const found = inForce(await versionsOf(db, kind), today())
  if (!found) throw new NotFound()
  return found
}

type Listed = { kind: PaperKind; now: Template | null; next: Template | null }

export const listTemplates = query(
  'paper.template.list',
  { ...coordinator, input: z.object({}), about: (_, found: Listed[]) => ({ hits: found.length }) },
  async (db) => {
    const found: Listed[] = []
    for (const kind of paperKinds) {
      const versions = await versionsOf(db, kind)
      const coming = versions.filter(({ fromOn }) => fromOn > today())
      found.push({ kind, now: inForce(versions, today()), next: inForce(coming, '9999-12-31') })
    }
    return found
  },
)

export const openTemplate = query(
  'paper.template.open',
  { ...coordinator, input: z.object({ template: z.enum(paperKinds) }), about },
  async (db, { template }) => {
    const versions = await versionsOf(db, template)
    return { kind: template, versions, now: inForce(versions, today())?.version ?? null, today: today() }
  },
)

/** The next version, from a day on; what was made by the older ones keeps them. */
export const writeTemplate = command(
  'paper.template.write',
  { ...coordinator, input: WriteTemplate, about },
  async (db, { template: kind, version, fromOn, ...words }, me) => {
    const [newest] = await versionsOf(db, kind)
    if (newest.version !== version) throw new Conflict()
    const faults = faultsOf(words, kind)
    if (Object.keys(faults).length > 0) throw new Invalid(faults)
    if (fromOn < today()) throw new Invalid({ fromOn: { key: 'papers.template.past' } })
    await sql`insert into paper_template (kind, version, from_on, words, created_by)
      values (${kind}, ${version + 1}, ${fromOn}, ${JSON.stringify(words)}::jsonb, ${me.id})`.execute(db)
    return { kind }
  },
)
