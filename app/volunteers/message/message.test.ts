// Does a message reach those who are meant and nobody else, each in her language, without a word outside – and is nobody told who has read it?
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Attacker, openAttacker, openWorld, type World } from '../../../test/attack.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { Conflict, type Invalid, NotFound, Refused } from '../../core/errors.ts'
import { namesACase } from './message.ts'
import { listMessages, openMessage, openNewMessage, sendMessage } from './messages.server.ts'
import { listOwnMessages, openOwnMessage, readMessage } from './own.server.ts'
import { openMessageTemplate, openNewMessageTemplate, writeMessageTemplate } from './templates.server.ts'

let cast: Cast
let attacker: Attacker
let world: World
/** Six more with accounts, the first of whom reads Russian; one is shut out, one has left, one is of another county. */
const others = ['anna', 'boris', 'celia', 'daana', 'eda', 'fred'] as const
const ids: Record<string, string> = {}

beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  attacker = await openAttacker(cast, world)
  await cast.admin.query(`update volunteer set status = 'active' where id = $1`, [cast.volunteer])
  for (const name of others) {
    const { rows } = await cast.admin.query<{ id: string; person_id: string }>(
      `with p as (insert into person (name, email, locale) values ($1, $2, $3) returning id),
         r as (insert into person_role (person_id, role, valid_from, valid_to) select id, 'volunteer', '2026-01-01', '2999-12-31' from p)
       insert into volunteer (person_id, name, search_name, county_code, languages, status, created_by)
         select id, $1, $1, $4, '{et,ru}', 'active', $5 from p returning id, person_id`,
      [
        `Näidis-${name}`,
        `${name}@naidis.example`,
        name === 'anna' ? 'ru' : 'et',
        name === 'fred' ? '0087' : '0045',
        cast.kim.id,
      ],
    )
    ids[name] = rows[0]?.id ?? ''
    if (name === 'daana')
      await cast.admin.query(`update person set status = 'disabled' where id = $1`, [rows[0]?.person_id])
    if (name === 'eda') await cast.admin.query(`update volunteer set status = 'ended' where id = $1`, [ids.eda])
  }
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('truncate message, message_copy, message_read, mail_outbox'))

/** Of another county, so that nobody else's count changes. */
async function openMore(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth++)
    await cast.admin.query(
      `with p as (insert into person (name, email) values ($1, $2) returning id),
         r as (insert into person_role (person_id, role, valid_from, valid_to) select id, 'volunteer', '2026-01-01', '2999-12-31' from p)
       insert into volunteer (person_id, name, search_name, county_code, languages, status, created_by)
         select id, $1, $1, '0079', '{et}', 'active', $3 from p`,
      [`Näidis-${nth}`, `veel${nth}@naidis.example`, cast.kim.id],
    )
}

const words = { etTitle: 'Tere', etBody: 'Esimene lõik.\n\nTeine.', ruTitle: 'Здравствуй', ruBody: 'Привет.' }
const inIda = { county: '0045', status: 'active' }
const send = async (more: object = {}) => {
  const { reached } = await openNewMessage.run(cast.kim, inIda)
  return sendMessage.run(cast.kim, { ...inIda, ...words, count: reached.length, ...more })
}
const faults = async (more: object) =>
  Object.keys(((await send(more).catch((error: unknown) => error)) as Invalid).fields ?? {})

test('who would get it is seen before: those of the county with an open account; who has none is named, who has left is not', async () => {
  const { reached, missed } = await openNewMessage.run(cast.kim, inIda)
  expect(reached.map(({ name }) => name).toSorted()).toEqual(
    ['Lou Näidis-Lepik', 'Näidis-anna', 'Näidis-boris', 'Näidis-celia'].toSorted(),
  )
  expect(missed.map(({ id }) => id)).toContain(ids.daana)
  for (const gone of [ids.eda, ids.fred]) expect([...reached, ...missed].map(({ id }) => id)).not.toContain(gone)
  expect((await openNewMessage.run(cast.kim, { county: '0087' })).reached.map(({ id }) => id)).toEqual([ids.fred])
  expect((await openNewMessage.run(cast.kim, { ...inIda, language: 'ru' })).reached.map(({ id }) => id)).toContain(
    ids.anna,
  )
  expect((await openNewMessage.run(cast.kim, { ...inIda, status: 'paused' })).reached).toEqual([])
})

test('each gets it in her language, and an e-mail of which no word is the message', async () => {
  const { id, count } = await send()
  const { rows } = await cast.admin.query(
    'select v.name, c.locale, c.title from message_copy c join volunteer v on v.id = c.volunteer_id',
  )
  expect(rows).toHaveLength(count)
  expect(rows.find(({ name }) => name === 'Näidis-anna')).toMatchObject({ locale: 'ru', title: 'Здравствуй' })
  const mail = await cast.admin.query(`select person_id, kind, link_sealed from mail_outbox`)
  expect(mail.rows).toHaveLength(count)
  for (const one of mail.rows) expect([one.kind, one.link_sealed]).toEqual(['message', null])
  expect(await listOwnMessages.run(cast.lou, {})).toMatchObject([{ id, title: 'Tere', readAt: null }])
})

test('that she has read it she says; the coordinator hears how many, and of few not even that', async () => {
  const { id } = await send()
  await readMessage.run(cast.lou, { message: id })
  await readMessage.run(cast.lou, { message: id })
  expect((await openOwnMessage.run(cast.lou, { message: id })).readAt).toBeInstanceOf(Date)
  // Four got it: the number would nearly say who.
  expect((await openMessage.run(cast.kim, { message: id })).read).toBeNull()
  expect(await attacker.attempt('kim', 'select * from message_read', 'read')).toBe(0)
})

test('of many it is told in steps: never all, never none, and never who it just was', async () => {
  await openMore(8)
  const all = { county: undefined, status: 'all', enTitle: 'x', enBody: 'x' }
  const { reached } = await openNewMessage.run(cast.kim, { status: 'all' })
  expect(reached.length).toBeGreaterThanOrEqual(12)
  const { id } = await sendMessage.run(cast.kim, { ...words, ...all, count: reached.length })
  const told: (number | null)[] = []
  const hear = async () => told.push((await openMessage.run(cast.kim, { message: id })).read)
  await hear()
  for (const { id: volunteer } of reached) {
    await cast.admin.query('insert into message_read (message_id, volunteer_id) values ($1, $2)', [id, volunteer])
    await hear()
  }
  // From none to all of them: at least five, once there are five, and no more than that while fewer than five would be left.
  const step = (read: number) => Math.min(Math.floor(read / 5), Math.floor(reached.length / 5) - 1) * 5
  expect(told).toEqual(Array.from({ length: reached.length + 1 }, (_, read) => step(read)))
  expect(told.at(-1)).toBeLessThanOrEqual(reached.length - 5)
  expect((await listMessages.run(cast.kim, {})).sent[0]).toMatchObject({ id, read: told.at(-1) })
  expect((await listMessages.run(cast.kim, {})).few).toBe(5)
})

test('said twice at once it is said once, and nobody is told that something went wrong', async () => {
  const { id } = await send()
  await Promise.all(Array.from({ length: 6 }, () => readMessage.run(cast.lou, { message: id })))
  expect((await cast.admin.query('select from message_read')).rowCount).toBe(1)
})

test('a language that is needed, a blank that was not filled in, and a case are said at the field; nothing goes', async () => {
  expect(await faults({ ruTitle: '', ruBody: '' })).toEqual(['ruTitle', 'ruBody'])
  expect(await faults({ etBody: 'Koolitus on {kuupäev}.' })).toEqual(['etBody'])
  expect(await faults({ etBody: 'Juhtum M-2026-014 vajab abi' })).toEqual(['etBody'])
  expect(await faults({ ruTitle: 'Код 48503150210' })).toEqual(['ruTitle'])
  expect((await cast.admin.query('select from message')).rowCount).toBe(0)
})

test('the number of a case is known however it is written; a telephone, a date and a sum are not taken for one', () => {
  const dash = fc.constantFrom('-', '–', ' - ', '', ' ', '/')
  fc.assert(
    fc.property(
      dash,
      dash,
      fc.integer({ min: 2020, max: 2099 }),
      fc.integer({ min: 1, max: 99999 }),
      (a, b, year, no) => {
        expect(namesACase(`vt M${a === '/' ? '-' : a}${year}${b}${String(no).padStart(3, '0')} kohe`)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
  for (const fine of [
    'Helista 5555 1234 või +372 5555 1234',
    '12.03.2026 kell 14.30',
    '1 234,56 €',
    'Saal M 2026',
    'COM-2026-1x',
  ])
    expect(namesACase(fine), fine).toBe(false)
})

test('where those meant have changed meanwhile nothing goes, and to nobody neither', async () => {
  await expect(send({ count: 1 })).rejects.toBeInstanceOf(Conflict)
  await expect(
    sendMessage.run(cast.kim, { ...words, county: '0039', status: 'active', count: 0 }),
  ).rejects.toBeInstanceOf(Conflict)
})

test('ready words become a next version, whole in three languages; of two at once the second hears so', async () => {
  const fresh = await openNewMessageTemplate.run(cast.kim, {})
  const all = { ...words, enTitle: 'Hello', enBody: 'Text.' }
  const write = (version: number, more: object = {}) =>
    writeMessageTemplate.run(cast.kim, { template: fresh.template, version, name: 'Näidis-tekst', ...all, ...more })
  expect(await write(0, { enTitle: '', enBody: '' }).catch((error: Invalid) => Object.keys(error.fields))).toEqual([
    'enTitle',
    'enBody',
  ])
  await write(0)
  await expect(write(0)).rejects.toBeInstanceOf(Conflict)
  await write(1, { etTitle: 'Tere taas' })
  const now = await openMessageTemplate.run(cast.kim, { wording: fresh.template })
  expect(now).toMatchObject({ version: 2, words: { et: { title: 'Tere taas' } } })
  expect((await openNewMessage.run(cast.kim, { template: fresh.template })).words.et?.title).toBe('Tere taas')
})

test('nobody reads what went to another, and nobody else writes', async () => {
  const { id } = await send()
  await cast.admin.query('delete from message_copy where volunteer_id = $1', [cast.volunteer])
  for (const one of [openOwnMessage, readMessage])
    await expect(one.run(cast.lou, { message: id })).rejects.toBeInstanceOf(NotFound)
  for (const who of ['lea', 'max', 'sirje', 'peep', 'aino', 'lou'] as const) {
    await expect(sendMessage.run(cast[who], { ...inIda, ...words, count: 4 })).rejects.toBeInstanceOf(Refused)
    await expect(openMessage.run(cast[who], { message: id })).rejects.toBeInstanceOf(Refused)
  }
  const copy = (message: string, volunteer: string) =>
    `insert into message_copy (message_id, volunteer_id, locale, title, body, sent_by) values ('${message}', '${volunteer}', 'et', 'x', 'x', ':kim')`
  for (const [who, statement] of [
    // Nobody is added to a message that has gone, and nobody to one who has left or cannot read it.
    ['kim', copy(id, ids.fred ?? '')],
    ['lou', copy(id, ids.fred ?? '')],
    ['lou', `insert into message_read (message_id, volunteer_id) values ('${id}', '${ids.anna}')`],
    ['kim', `insert into message_read (message_id, volunteer_id) values ('${id}', '${ids.anna}')`],
    ['kim', `update message_copy set body = 'x'`],
    ['kim', `insert into message (status, words, sent_by) values ('all', '{}', ':lea')`],
    ['lou', `insert into message (status, words, sent_by) values ('all', '{}', ':louPerson')`],
    ['lea', `insert into message_template (version, name, words, created_by) values (1, 'x', '{}', ':lea')`],
  ] as const)
    expect(await attacker.attempt(who, statement), statement).toBe('42501')
  for (const who of ['lou', 'lea', 'max', 'aino'] as const)
    for (const table of ['message', 'message_copy', 'message_template', 'message_reads()'])
      expect(await attacker.attempt(who, `select * from ${table}`, 'read'), `${who} ${table}`).toBe(0)
})
