// Which accounts, half-written forms and requests are there in the world of the matrix, and whose is each?
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { addPromise } from '../../../../app/access/substitution/promises.server.ts'
import { declarePerson } from '../../../../app/access/walls/relations.server.ts'
import { saveStep, startReferral } from '../../../../app/cases/referral/referral.server.ts'
import { saveDraft } from '../../../../app/core/drafts.server.ts'
import { keepFilter } from '../../../../app/core/saved/saved-filters.server.ts'
import type { Person } from '../../../../app/core/user.ts'
import { uploadWorkbook } from '../../../../app/imports/batch/upload.server.ts'
import { type Cast, signIn } from '../../../cast.ts'
import { dayFromNow, lend } from '../../../substitution.ts'
import { coverCountry } from '../../../whole-country.ts'
import type { Others } from '../actors.ts'
import { one, type Thing, type Things } from './thing.ts'

/** What is lifted from an account: keys, sessions, relations, half-written referrals, choices of lists. Each is its owner's alone. */
export async function accountsOf(cast: Cast, others: Others): Promise<Things> {
  const people: Thing[] = []
  for (const [name, id] of [
    ['lou', cast.lou.id],
    ['tiia', cast.tiia.id],
    ['max', cast.max.id],
    ['vera', others.vera.id],
  ] as const) {
    const roleId = await one(cast, 'select id from person_role where person_id = $1', [id])
    const phone = `+37255520${String(people.length).padStart(2, '0')}`
    await cast.admin.query('update person set phone = $2 where id = $1', [id, phone])
    const supervisor = { lou: 'sirje', vera: 'siim' }[name as string]
    people.push({
      name,
      ids: { id, roleId },
      facts: { person: name, helps: supervisor !== undefined, supervisor, linked: true },
    })
  }
  people.push(await newcomer(cast))
  const [passkeys, sessions, relations, journeys]: [Thing[], Thing[], Thing[], Thing[]] = [[], [], [], []]
  const filters: Thing[] = []
  for (const [name, who] of [
    ['lea', cast.lea],
    ['jaan', cast.jaan],
    ['max', cast.max],
  ] as const) {
    const [key, label] = [`Kanaar-key-${name}`, `Kanaar-relation-${name}`]
    const id = await one(
      cast,
      `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ($1, $2, '\\x01', false, $3) returning id`,
      [who.id, Buffer.from(`key of ${name}`), key],
    )
    passkeys.push({ name, ids: { id }, words: { key }, facts: { person: name } })
    sessions.push({ name, ids: { id: (await signIn(cast.admin, who.id)).person.sessionId }, facts: { person: name } })
    await declarePerson.run(who, { personalCode: '47101010033', kind: 'other', label })
    const relation = await one(cast, 'select id from declared_relation where person_id = $1', [who.id])
    relations.push({ name, ids: { id: relation }, words: { label }, facts: { person: name } })
  }
  for (const [name, who] of [
    ['lea', cast.lea],
    ['max', cast.max],
  ] as const) {
    const named = `Kanaar-filter-${name}`
    const filter = await keepFilter.run(who, { list: 'cases', query: 'risk=high', name: named })
    filters.push({ name, ids: { id: filter.id }, words: { named }, facts: { person: name } })
    const { journey } = await startReferral.run(who, {})
    const started = `Kanaar-journey-${name}`
    await saveStep.run(who, { journey, part: 'reason', why: started })
    await saveDraft.run(who, { form: '/cases/new', values: { why: started } })
    journeys.push({ name, ids: { journey, part: 'reason' }, words: { started }, facts: { person: name } })
  }
  return { people, passkeys, sessions, relations, journeys, filters }
}

// Somebody who was let in as a support person and has not come yet; a link is on its way.
async function newcomer(cast: Cast): Promise<Thing> {
  const id = await one(
    cast,
    `insert into person (id, email, name) values (gen_random_uuid(), 'uus@naidis.example', 'Uus Näidis-Muu') returning id`,
  )
  const roleId = await one(
    cast,
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'volunteer', '2020-01-01', '2999-12-31') returning id`,
    [id],
  )
  await cast.admin.query(
    `insert into invitation (person_id, token_hash, code_hash, made_by, expires_at) values ($1, '\\x01', '\\x02', $2, now() + interval '5 days')`,
    [id, cast.ott.id],
  )
  return { name: 'newcomer', ids: { id, roleId }, facts: { new: true, helps: true, linked: false } }
}

// The coordinator's desk: workbooks, and who sits there while she is away.
export async function deskOf(cast: Cast, others: Others): Promise<Things> {
  await coverCountry(cast)
  const file = readFileSync(new URL('../../../data/koordinaatori-tabel-a.xlsx', import.meta.url))
  const imports: Thing[] = []
  for (const [name, who] of [
    ['kim', cast.kim],
    ['kai', others.kai],
  ] as [string, Person][]) {
    const { id } = await uploadWorkbook.run(who, { file: new File([file], 'tabel.xlsx') })
    imports.push({ name, ids: { id }, facts: { person: name } })
  }
  const substitutions: Thing[] = []
  const { rows } = await cast.admin.query(`select id from substitution where giver_id = $1`, [cast.kim.id])
  for (const [name, giver, taker, id] of [
    ['running', cast.kim, cast.peep, rows[0]?.id as string | undefined],
    ['of others', others.kai, cast.peep, undefined],
  ] as const) {
    const term = id ?? (await lend(cast, giver, taker, 20, 22))
    const promise = `Kanaar-promise-${name}`
    await addPromise.run(giver, { id: term, text: promise, dueOn: dayFromNow(2) })
    const promiseId = await one(cast, 'select id from substitution_promise where substitution_id = $1', [term])
    const between = name === 'running' ? ['kim', 'peep'] : ['kai', 'peep']
    substitutions.push({
      name,
      ids: { id: term, promise: promiseId },
      words: { promise },
      facts: { between, taker: 'peep', giver: between[0], asked: false, running: name === 'running' },
    })
  }
  const asked = await one(
    cast,
    `insert into substitution (giver_id, taker_id, role, valid_from, valid_to, created_by) values ($1, $2, 'manager', ${`'${dayFromNow(40)}'`}, ${`'${dayFromNow(41)}'`}, $2) returning id`,
    [cast.peep.id, others.kai.id],
  )
  substitutions.push({
    name: 'asked for',
    ids: { id: asked, promise: randomUUID() },
    facts: { between: ['peep', 'kai'], taker: 'kai', giver: 'peep', asked: true },
  })
  return { imports, substitutions }
}
