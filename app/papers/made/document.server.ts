// Which file does somebody get of a paper?
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import { NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { query } from '../../core/operation.server.ts'
import type { File } from '../../core/page.tsx'
import type { Person } from '../../core/user.ts'
import { type T, translator } from '../../i18n/i18n.ts'
import { renderers } from '../../reports/document/renderers.ts'
import { versionsOf } from '../template/templates.server.ts'
import { paperDocument } from './paper.ts'
import { aboutPaper, paperFor } from './papers.server.ts'

/** For the coordinator, and for the volunteer of whom it is; after a fresh proof. */
export const paperFile = query(
  'paper.document',
  {
    ...{ roles: ['coordinator', 'volunteer'], about: aboutPaper, turn: 'export' },
    input: z.object({ paper: id(), kind: z.enum(['pdf', 'docx']) }),
  },
  async (db, { paper, kind }, me) => {
    mustBeFresh(me)
    const found = await paperFor(db, paper)
    const wording = (await versionsOf(db, found.kind)).find(({ version }) => version === found.template)
    if (!wording || !found.facts) throw new NotFound()
    return { ...found, facts: found.facts, words: wording.words[found.locale], file: kind }
  },
)

/** In the language of the paper, whoever asks. Its name says what it is of no one. */
export async function fileOf(found: Awaited<ReturnType<typeof paperFile.run>>, _t: T, _me: Person): Promise<File> {
  const { load, type } = renderers[found.file]
  const render = await load()
  const author = translator(found.locale)('core.role.coordinator')
  const body = await render(paperDocument(found, found.facts, author))
  return { body, type, name: `${found.kind}-${found.madeOn}.${found.file}` }
}
