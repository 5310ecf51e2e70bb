// Which cases of long ago does a test put among the baits, and which are the baits?
import { randomUUID } from 'node:crypto'
import { keepBaits } from '../app/audit/watch/baits.server.ts'
import type { Cast } from './cast.ts'

/** Closed cases of the network's earlier years: `numbers` by the day on which they came. */
export async function givenLongAgo(cast: Cast, network: string, numbers: Record<string, string>): Promise<void> {
  for (const [number, day] of Object.entries(numbers)) {
    const id = randomUUID()
    await cast.admin.query(
      `insert into case_file (network_id, id, number, county_code, language, source, referred_on, legal_basis, created_at, created_by)
       select $1, $2, $3, county_code, 'et', 'unknown', $4::date, 'imported', $4::date, $5 from network_area where network_id = $1 limit 1`,
      [network, id, number, day, cast.kim.id],
    )
    await cast.admin.query(
      `insert into case_closing (network_id, case_id, reason, outcome, words_sealed, closed_on, closed_by, closed_at)
       values ($1, $2, 'mistake', 'unknown', '\\x01', $3::date + 30, $4, $3::date + 30)`,
      [network, id, day, cast.lea.id],
    )
    await cast.admin.query(
      `insert into marac_flag_lift (network_id, case_id, lifted_by, lifted_at) values ($1, $2, $3, $4::date + 400)`,
      [network, id, cast.lea.id, day],
    )
  }
}

type Standing = { case_id: string; number: string; network_id: string; referred_on: string }

/** Those that would ring now for the first time, as nobody but the database knows them. */
export async function baitsIn(cast: Cast, network: string): Promise<Standing[]> {
  const { rows } = await cast.admin.query<Standing>(
    `select b.case_id, c.number, c.network_id, c.referred_on::text from bait_case b join case_file c on c.id = b.case_id
     where b.network_id = $1 and b.retired_at is null and b.rang_at is null order by c.number`,
    [network],
  )
  return rows
}

/** The baits of Ida-Viru, made where they are missing. */
export async function givenBaits(cast: Cast): Promise<string[]> {
  await keepBaits(cast.sys)
  return (await baitsIn(cast, cast.networks.ida)).map((bait) => bait.case_id)
}

/** Nothing was found, nothing rang, and there are no baits. */
export async function noBaits(cast: Cast): Promise<void> {
  await cast.admin.query(
    `delete from watch_finding; delete from mail_outbox; create temp table going on commit drop as select case_id from bait_case;
     delete from bait_case; delete from marac_flag_lift where case_id in (table going); delete from case_closing where case_id in (table going);
     delete from assessment where case_id in (table going); delete from case_basis where case_id in (table going); delete from case_known where case_id in (table going);
     delete from sealed_key where owner_id in (table going); delete from case_file where id in (table going)`,
  )
}
