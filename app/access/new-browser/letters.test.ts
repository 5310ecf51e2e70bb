// Who gets a letter that was asked for at the door, how many, and when – and does asking tell anything?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { email, openDoor } from '../../../test/door.ts'
import { lettersOf } from '../../../test/two-people.ts'
import { sendLetters } from './letters.server.ts'

let door: Awaited<ReturnType<typeof openDoor>>
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.cast.close())
beforeEach(() => door.forget())

test('the letter goes to her address, names nobody and no work, and neither link nor token is kept', async () => {
  await door.ask(email.toUpperCase())
  const [row] = await door.kept()
  expect([row.address, row.person_id]).toEqual([email, null])
  await sendLetters(door.cast.sys)
  const [letter = '', ...more] = await lettersOf(door.cast)
  expect(more).toEqual([])
  expect(letter).toContain(`To: ${email}`)
  expect(letter).not.toMatch(/Näidis|MARAC|tugi|kannatanu|vägival|juhtum/i)
  const token = /browser\/([\w-]{43})/.exec(letter)?.[1] ?? ''
  const lines = await door.cast.admin.query(
    'select row_to_json(l)::text as line from browser_letter l union all select row_to_json(m)::text from mail_outbox m',
  )
  for (const { line } of lines.rows) expect(line).not.toContain(token)
  expect((await door.kept()).map(({ address, link_sealed }) => [address, link_sealed])).toEqual([[null, null]])
  const { rows } = await door.cast.admin.query(
    `select object_id, result from audit_event where action = 'access.browserLetter' order by seq desc limit 1`,
  )
  expect(rows).toEqual([{ object_id: door.cast.kim.id, result: 'done' }])
})

test('what is asked for an address of nobody, or of a closed account, is answered alike, sent to nobody and not kept', async () => {
  await door.cast.admin.query(`update person set status = 'disabled' where id = $1`, [door.cast.lou.id])
  const answers = await Promise.all([email, 'kes@naidis.example', 'lou@naidis.example'].map(door.ask))
  expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get('location')}`)).size).toBe(1)
  expect(await door.kept()).toHaveLength(3)
  expect(await door.links()).toHaveLength(1)
  expect((await door.kept()).map(({ person_id }) => person_id)).toEqual([door.cast.kim.id])
})

test('what is no address is told where it stands, and nothing is kept', async () => {
  for (const typed of ['', 'kim', 'kim@', `${'a'.repeat(300)}@naidis.example`]) {
    const answer = await door.browser().post('/sign-in/letter', { email: typed })
    expect([typed, answer.status]).toEqual([typed, 422])
    expect(await answer.text()).toContain('href="#email"')
  }
  expect(await door.kept()).toEqual([])
  // The longest that the form takes, in letters that are longer to write down, is somebody's or nobody's like any other.
  for (const letter of ['õ', '家', 'İ'])
    expect([letter, (await door.ask(`${letter.repeat(183)}@naidis.example`)).status]).toEqual([letter, 303])
  expect(await door.links()).toEqual([])
})

test('three links hold at once, however often somebody asks; where one was used, or has ended, there is room', async () => {
  for (let time = 0; time < 7; time++) await door.ask(email)
  expect(await door.kept()).toHaveLength(3)
  const [first = ''] = await door.links()
  await door.ask(email)
  expect(await door.links()).toEqual([])
  await door.cast.admin.query(
    `update browser_letter set sent_at = sent_at - interval '61 minutes' where id = (select id from browser_letter order by asked_at desc limit 1)`,
  )
  await door.ask(email)
  expect(await door.links()).toHaveLength(1)
  expect((await door.browser().post(first, {})).status).toBe(303)
  await door.ask(email)
  expect(await door.links()).toHaveLength(1)
  expect(await door.kept()).toHaveLength(4)
})

test('however much is asked for nobody, hers does not wait behind it', async () => {
  await door.cast.admin.query(
    `insert into browser_letter (address, link_sealed, token_hash, asked_at)
     select n || '@naidis.example', '\\x01', sha256(n::text::bytea), now() - interval '1 minute' from generate_series(1, 5000) n`,
  )
  await door.ask(email)
  // In parts that are smaller than what there is.
  expect(await sendLetters(door.cast.sys, 1000)).toBe(1)
  expect(await door.kept()).toHaveLength(1)
})

test('what strangers can ask for leaves after everything else', async () => {
  await door.ask(email)
  await sendLetters(door.cast.sys)
  await door.cast.admin.query(`insert into mail_outbox (person_id, kind) values ($1, 'urgent')`, [door.cast.lou.id])
  const to = (await lettersOf(door.cast)).map((letter) => /^To: (\S+)/m.exec(letter)?.[1])
  expect(to).toEqual(['lou@naidis.example', email])
})

test('nobody but the process sends them, and nobody reads who asked', async () => {
  await door.ask(email)
  expect(await sendLetters(door.cast.kim)).toBe(0)
  expect(await sendLetters(door.cast.ott)).toBe(0)
  expect((await door.kept())[0].address).toBe(email)
})
