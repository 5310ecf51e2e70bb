// How does a test ask a referee, and get at the link that only the letter has?
import { openForProcess } from '../app/core/seal.server.ts'
import { askReference } from '../app/recruitment/reference/references.server.ts'
import type { Cast } from './cast.ts'

export const referee = { name: 'Näidis-Soovitaja', email: 'soovitaja@naidis.example', locale: 'et', agreed: 'on' }

/** What somebody types about a candidate. */
export const said = {
  ...{ known: 'Näidis-tutvus: töötasime koos.', silence: 'yes', choice: 'mostly' },
  ...{ calm: 'Jääb rahulikuks ja kuulab.', worry: '', phone: '' },
}

/** The path in the letter that was written last. */
export async function lastLink(cast: Cast): Promise<string> {
  const { rows } = await cast.admin.query<{ link: Buffer }>(
    `select link_sealed as link from mail_outbox where kind = 'reference' and sent_at is null order by created_at desc limit 1`,
  )
  return rows[0] ? openForProcess('mail', rows[0].link) : ''
}

/** Asks, and answers with the request and its link. */
export async function askedReferee(cast: Cast, id: string, more: Partial<typeof referee> = {}) {
  const { reference } = await askReference.run(cast.kim, { id, ...referee, ...more })
  return { reference, link: await lastLink(cast) }
}
