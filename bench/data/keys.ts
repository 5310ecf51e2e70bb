// How do the cases of the bench get their keys, and the words that a case's page opens?
import { randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { masterNow } from '../../app/core/keys/ring.server.ts'
import { vaultOf, wrapKey } from '../../app/core/seal.server.ts'

const why = 'Korduv vägivald, viimase kuu jooksul kaks väljakutset; kannatanu kardab koju minna. Näidis.'
const whom = 'Näidis-lastekaitsespetsialist, telefonitsi'
const safety = 'Helista ainult tööpäeviti kell 10–15.'
const tasks = 'Kaasas käimine politseis ja kohtus. Turvaplaani meelde tuletamine kord nädalas.'

const step = 2000

/** Seals for every case its reason, whom child protection told and its brief, under a key of its own. `useKeys()` comes first. */
export async function sealCases(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ network: string; id: string; by: string }>(
    'select network_id as network, id, created_by as by from case_file order by referred_on, id',
  )
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
  }
}

function sealOne(id: string) {
  const [key, master] = [randomBytes(32), masterNow()]
  const [wrapped, vault] = [wrapKey(master.key, id, key), vaultOf([key], { kind: 'case', id })]
  const brief = crypto.randomUUID()
  const ofFile = (column: string, text: string) => vault.seal({ table: 'case_file', column, row: id }, text)
  const ofBrief = (column: string, text: string) => vault.seal({ table: 'case_brief', column, row: brief }, text)
  return {
    ...{ masterId: master.id, wrapped, brief },
    why: ofFile('why_marac_sealed', why),
    whom: ofFile('children_told_whom_sealed', whom),
    name: ofBrief('given_name_sealed', 'Näidis-Anna'),
    safety: ofBrief('safety_note_sealed', safety),
    tasks: ofBrief('tasks_sealed', tasks),
  }
}
