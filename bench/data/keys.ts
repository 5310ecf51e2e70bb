// How do the cases of the bench get their keys, and the words that a case's pages open?
import { randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { masterNow } from '../../app/core/keys/ring.server.ts'
import { type Vault, vaultOf, wrapKey } from '../../app/core/seal.server.ts'

const why = 'Korduv vägivald, viimase kuu jooksul kaks väljakutset; kannatanu kardab koju minna. Näidis.'
const whom = 'Näidis-lastekaitsespetsialist, telefonitsi'
const safety = 'Helista ainult tööpäeviti kell 10–15.'
const tasks = 'Kaasas käimine politseis ja kohtus. Turvaplaani meelde tuletamine kord nädalas.'

const step = 2000
const forms = ['case_person', 'case_whereabouts', 'assessment', 'case_decision', 'case_action'] as const
type Form = (typeof forms)[number]
type Filled = { id: string; network: string; case: string; yes: number }

/** Seals for every case what its pages open, under a key of its own. `useKeys()` comes first. */
export async function sealCases(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ network: string; id: string; by: string }>(
    'select network_id as network, id, created_by as by from case_file order by referred_on, id',
  )
  const questions = await questionsOf(admin)
  for (let from = 0; from < rows.length; from += step) {
    const sealed = rows.slice(from, from + step).map((row) => ({ ...row, ...sealOne(row.id) }))
    const column = (name: keyof (typeof sealed)[number]) => sealed.map((row) => row[name])
    await admin.query(
      `insert into sealed_key (kind, owner_id, network_id, master_id, wrapped)
       select 'case', * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[])`,
      [column('id'), column('network'), column('masterId'), column('wrapped')],
    )
    await admin.query(
      `update case_file c set why_marac_sealed = s.why, children_told_whom_sealed = s.whom
       from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) s(network, id, why, whom) where c.network_id = s.network and c.id = s.id`,
      [column('network'), column('id'), column('why'), column('whom')],
    )
    await admin.query(
      `insert into case_brief (network_id, case_id, id, given_name_sealed, safety_note_sealed, tasks_sealed, recorded_by, recorded_at)
       select *, now() - interval '1 day' from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[], $7::uuid[])`,
      [...(['network', 'id', 'brief', 'name', 'safety', 'tasks', 'by'] as const).map(column)],
    )
    const vaults = new Map(sealed.map(({ id, vault }) => [id, vault]))
    for (const form of forms) await sealRows(admin, form, vaults, questions)
  }
}

/** In the place of bytes of the right length: what was typed into the forms of these cases. */
async function sealRows(
  admin: Client,
  form: Form,
  vaults: ReadonlyMap<string, Vault>,
  questions: readonly string[],
): Promise<void> {
  const { rows } = await admin.query<Filled>(
    `select id, network_id as network, case_id as case, ${form === 'assessment' ? 'yes_count' : '0'} as yes from ${form} where case_id = any ($1)`,
    [[...vaults.keys()]],
  )
  const columns = Object.keys(typed[form](0, []))
  const closed = (column: string) =>
    rows.map((row) =>
      vaults.get(row.case)?.seal({ table: form, column, row: row.id }, typed[form](row.yes, questions)[column] ?? ''),
    )
  // What is not there yet – the outcome of what is still to be done – stays away.
  const sets = columns.map((column) => `${column} = case when t.${column} is not null then s.${column} end`)
  const given = columns.map((_, at) => `$${at + 4}::bytea[]`)
  await admin.query(
    `update ${form} t set ${sets.join(', ')} from unnest($1::uuid[], $2::uuid[], $3::uuid[], ${given.join(', ')}) s(network, file, id, ${columns.join(', ')})
     where t.network_id = s.network and t.case_id = s.file and t.id = s.id`,
    [rows.map(({ network }) => network), rows.map((row) => row.case), rows.map(({ id }) => id), ...columns.map(closed)],
  )
}

/** What was typed into each form; of an assessment as many questions are answered with yes as its row counts. */
const typed: Record<Form, (yes: number, questions: readonly string[]) => Record<string, string>> = {
  case_person: () => ({
    ...{ given_name_sealed: 'Näidis-Anna', family_name_sealed: 'Näidis-Tamm' },
    personal_code_sealed: '48001010000',
  }),
  case_whereabouts: () => ({ value_sealed: safety }),
  assessment: (yes, questions) => {
    const answers = questions.map((question, at) => [question, at < yes ? 'yes' : 'no'])
    return { answers_sealed: JSON.stringify(Object.fromEntries(answers)) }
  },
  case_decision: () => ({
    ...{ words_sealed: 'Politsei käib kaks korda nädalas. Näidis.', reason_sealed: 'Oht on suur. Näidis.' },
  }),
  case_action: () => ({
    what_sealed: 'Leppida kokku turvaline aeg helistamiseks. Näidis.',
    ...{ result_sealed: 'Aeg on kokku lepitud ja kirja pandud.', outcome_sealed: 'Tehtud kokku lepitud ajal.' },
  }),
}

async function questionsOf(admin: Client): Promise<string[]> {
  const { rows } = await admin.query<{ questions: { id: string }[] }>('select questions from instrument limit 1')
  return (rows[0]?.questions ?? []).map(({ id }) => id)
}

function sealOne(id: string) {
  const [key, master] = [randomBytes(32), masterNow()]
  const [wrapped, vault] = [wrapKey(master.key, id, key), vaultOf([key], { kind: 'case', id })]
  const brief = crypto.randomUUID()
  const ofFile = (column: string, text: string) => vault.seal({ table: 'case_file', column, row: id }, text)
  const ofBrief = (column: string, text: string) => vault.seal({ table: 'case_brief', column, row: brief }, text)
  return {
    ...{ masterId: master.id, wrapped, vault, brief },
    why: ofFile('why_marac_sealed', why),
    whom: ofFile('children_told_whom_sealed', whom),
    name: ofBrief('given_name_sealed', 'Näidis-Anna'),
    safety: ofBrief('safety_note_sealed', safety),
    tasks: ofBrief('tasks_sealed', tasks),
  }
}
