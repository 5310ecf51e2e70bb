// What waits for somebody's word in the world of the matrix: confirmations, erasures, walls, emergencies?

import { askToLift } from '../../../../app/audit/walls/walls.server.ts'
import { keepBaits } from '../../../../app/audit/watch/baits.server.ts'
import { judgeFinding } from '../../../../app/audit/watch/findings.server.ts'
import { sealReason } from '../../../../app/cases/identity/reveal.server.ts'
import { askErasure } from '../../../../app/safekeeping/erasure/erasures.server.ts'
import type { Cast } from '../../../cast.ts'
import type { CaseThing } from './cases.ts'
import { one, type Thing, type Things } from './thing.ts'

// What waits for a second person, and walls in every stage.
export async function requestsOf(cast: Cast, cases: CaseThing[]): Promise<Things> {
  const confirmation = `insert into confirmation (kind, person_id, role, valid_from, valid_to, way, reason, proposed_by, expires_at)
    values ($1, $2, $3, case when $3::text is not null then current_date end, case when $3::text is not null then '2999-12-31'::date end, $4, $5, $6, now() + interval '6 days') returning id`
  const ask = (kind: string, person: string, role: string | null, way: string | null, reason: string, by: string) =>
    one(cast, confirmation, [kind, person, role, way, reason, by])
  const confirmations: Thing[] = [
    {
      name: 'role',
      ids: { id: await ask('role', cast.tiia.id, 'steering', null, 'Kanaar-role', cast.ott.id) },
      words: { reason: 'Kanaar-role' },
      facts: { by: 'ott', helps: false },
    },
    {
      name: 'way back',
      ids: { id: await ask('recover', cast.lou.id, null, 'video', 'Kanaar-back', cast.ott.id) },
      words: { reason: 'Kanaar-back' },
      facts: { by: 'ott', helps: true, supervisor: 'sirje' },
    },
    {
      name: 'by the coordinator',
      ids: { id: await ask('role', cast.jaan.id, 'volunteer', null, 'Kanaar-kim', cast.kim.id) },
      words: { reason: 'Kanaar-kim' },
      facts: { by: 'kim', helps: true },
    },
  ]
  const email = `insert into confirmation (kind, person_id, way, reason, new_email, proposed_by, expires_at)
    values ('email', $1, 'video', 'Kanaar-mail', 'kanaar.uus@naidis.example', $2, now() + interval '6 days') returning id`
  confirmations.push({
    name: 'new address',
    ids: { id: await one(cast, email, [cast.lou.id, cast.ott.id]) },
    words: { reason: 'Kanaar-mail', email: 'kanaar.uus@naidis.example' },
    facts: { by: 'ott', helps: true, supervisor: 'sirje', person: 'lou', change: 'email' },
  })
  const name = `insert into confirmation (kind, person_id, way, reason, new_name, new_search, proposed_by, expires_at)
    values ('name', $1, 'video', 'Kanaar-name', 'Lou Kanaar-Uus', 'lou kanaar uus', $2, now() + interval '6 days') returning id`
  confirmations.push({
    name: 'new name',
    ids: { id: await one(cast, name, [cast.lou.id, cast.ott.id]) },
    words: { reason: 'Kanaar-name', called: 'Kanaar-Uus' },
    facts: { by: 'ott', helps: true, supervisor: 'sirje', person: 'lou', change: 'name' },
  })
  const erasures: Thing[] = []
  for (const [name, by, of] of [
    ['ida', cast.aino, 'ended'],
    ['harju', cast.aino, 'foreign'],
  ] as const) {
    const reason = `Kanaar-erasure-${name}`
    const number = cases.find((thing) => thing.name === of)?.words.number
    await askErasure.run(by, { number, ground: 'wish', reason })
    erasures.push({
      name,
      ids: { id: await one(cast, 'select id from erasure where label = $1', [number]) },
      words: { reason },
      facts: { network: name, by: 'aino' },
    })
  }
  const [walls, glasses, findings] = [
    await wallsOf(cast, cases),
    await glassesOf(cast, cases),
    await findingsOf(cast, cases),
  ]
  const settings = await settingsOf(cast)
  return { confirmations, settings, erasures, walls, glasses, findings, baits: await baitsOf(cast) }
}

// Values that are to become looser.
async function settingsOf(cast: Cast): Promise<Thing[]> {
  const settings: Thing[] = []
  for (const [by, value] of [
    ['kim', '12'],
    ['ott', '13'],
  ] as const)
    settings.push({
      name: `by ${by}`,
      ids: {
        id: await one(
          cast,
          `insert into setting_asked (name, value, valid_from, note, asked_by, expires_at)
           values ('revealsPerDay', $1::jsonb, current_date, $2, $3, now() + interval '6 days') returning id`,
          [value, `Kanaar-setting-${by}`, cast[by].id],
        ),
      },
      words: { note: `Kanaar-setting-${by}` },
      facts: { by },
    })
  return settings
}

async function wallsOf(cast: Cast, cases: CaseThing[]): Promise<Thing[]> {
  const walls: Thing[] = []
  for (const [name, who] of [
    ['stands', cast.lea],
    ['asked', cast.mall],
    ['own', cast.aino],
  ] as const) {
    const of = cases.find((thing) => thing.name === (name === 'own' ? 'walled' : 'askedForeign'))?.ids.id
    const id = await one(
      cast,
      `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
       select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2 returning id`,
      [who.id, of],
    )
    walls.push({ name, ids: { id }, facts: { asked: name === 'asked', of: who === cast.aino ? 'aino' : 'other' } })
  }
  await askToLift.run(cast.aino, { id: walls[1]?.ids.id, reason: 'Kanaar-lift: sama nimi, teine inimene' })
  if (walls[1]) walls[1].words = { reason: 'Kanaar-lift' }
  return walls
}

// What the rules over the log have found: judged, about somebody else, about the one auditor herself, and in a case before which she stands.
async function findingsOf(cast: Cast, cases: CaseThing[]): Promise<Thing[]> {
  const findings: Thing[] = []
  for (const [name, who, of] of [
    ['judged', cast.mall, null],
    ['open', cast.lea, 'foreign'],
    ['own', cast.aino, null],
    ['walled', cast.lea, 'walled'],
  ] as const) {
    const id = await one(
      cast,
      `insert into watch_finding (rule, person_id, network_id, case_id, key, count, first_seq, last_seq, from_at, to_at)
       select 'untied', $1, c.network_id, c.id, gen_random_uuid(), 3, 1, 9, now(), now() from (select) one left join case_file c on c.id = $2::uuid returning id`,
      [who.id, cases.find((thing) => thing.name === of)?.ids.id ?? null],
    )
    findings.push({ name, ids: { id }, facts: { of: who === cast.aino ? 'aino' : 'other', walled: of === 'walled' } })
  }
  const judged = findings[0]
  await judgeFinding.run(cast.aino, { id: judged?.ids.id, judgement: 'explained', words: 'Kanaar-judged: näidis' })
  if (judged) judged.words = { words: 'Kanaar-judged' }
  return findings
}

// They stand beside the cases of the world; nobody opens them, for then exports and searches would stand still.
async function baitsOf(cast: Cast): Promise<Thing[]> {
  await keepBaits(cast.sys)
  const { rows } = await cast.admin.query<{ bait: string }>(
    'select case_id as bait from bait_case order by network_id limit 2',
  )
  return rows.map(({ bait }, nth) => ({ name: `bait ${nth}`, ids: { bait }, facts: {} }))
}

// Max was let into a case of Ida-Viru, and asks to be into another; Lea was into one of Harju, and has to answer for it.
async function glassesOf(cast: Cast, cases: CaseThing[]): Promise<Thing[]> {
  const glasses: Thing[] = []
  for (const [name, who, of, network, opened, ended] of [
    ['open', 'max', 'own', 'ida', 'now()', 'null'],
    ['waits', 'max', 'ended', 'ida', 'null', 'null'],
    ['over', 'lea', 'foreign', 'harju', `now() - interval '2 hours'`, `now() - interval '90 minutes'`],
  ] as const) {
    const thing = cases.find((one) => one.name === of)
    const words = `Kanaar-glass-${name}, sest kedagi teist ei olnud`
    const id = await one(
      cast,
      `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, second_by, second_at, opened_at, until, ended_at, review_due_on)
       select $1, number, network_id, id, 'danger', $3, true, case when ${opened} is not null then $4::uuid end, ${opened}, ${opened}, ${opened} + interval '60 minutes', ${ended}, current_date + 1
       from case_file where id = $2 returning id`
        .replaceAll('null is not null', 'false')
        .replaceAll("null + interval '60 minutes'", 'null'),
      [cast[who].id, thing?.ids.id, sealReason(words), cast.kim.id],
    )
    const ids = { id, item: thing?.ids.item ?? '' }
    glasses.push({
      name,
      ids,
      words: { words: `Kanaar-glass-${name}` },
      facts: { person: who, network, of, state: name },
    })
  }
  return glasses
}
