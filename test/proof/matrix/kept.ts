// What would a form have kept, in every table there is, if it had not been rehearsed only?
import type { Client } from 'pg'
import { listening } from './rehearse.ts'

type Counts = Record<string, [rows: number, written: number]>
/** `table: rows more, rows written`, one line for each table in which anything was done. */
export type Kept = string[]

let before: Counts = {}
// Kept at once, outside of what can be rehearsed: how often somebody knocked.
const aside = ['sign_in_attempt']

/** Lets a transaction of whatever login count what it has written; the function is in this database of the test alone. */
export async function openCounting(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all ($1) order by 1`,
    [aside],
  )
  const each = rows.map(
    ({ name }) =>
      `select '${name}' as name, count(*) as rows, count(*) filter (where age(xmin) <= 0) as written from public.${name}`,
  )
  await admin.query(`
    create function public.rehearsed() returns jsonb language plpgsql security definer set search_path = pg_catalog as $$
    begin
      return (select jsonb_object_agg(name, jsonb_build_array(rows, written)) from (${each.join(' union all ')}) every_table);
    end $$;
    grant execute on function public.rehearsed() to tugivork_read, tugivork_write`)
  before = await countsBy((text) => admin.query(text))
}

const countsBy = async (ask: (text: string) => Promise<{ rows: { counts: Counts }[] }>): Promise<Counts> =>
  (await ask('select public.rehearsed() as counts')).rows[0]?.counts ?? {}

/** What the transactions of this work would have kept; it is rehearsed, so that there is nothing of it afterwards. */
export async function wouldKeep<R>(work: () => Promise<R>): Promise<{ answer: R; kept: Kept }> {
  const kept: Kept = []
  const listen = async (ask: Parameters<typeof countsBy>[0]) => {
    for (const [name, [rows, written]] of Object.entries(await countsBy(ask))) {
      const more = rows - (before[name]?.[0] ?? 0)
      if (written > 0 || more !== 0) kept.push(`${name}: ${more} more, ${written} written`)
    }
  }
  const answer = await listening.run(listen, work)
  return { answer, kept: kept.toSorted() }
}

/** More than that it was asked for and by which form. */
export const isEffect = (kept: Kept): boolean => kept.some((line) => !/^(audit_event|once|draft): /.test(line))
