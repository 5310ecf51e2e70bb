// In which ways can a login be given a right too many, or a table be left unguarded? Worked out from the rights in force.
import type { Mutant } from './mutant.ts'
import type { Schema } from './schema.ts'

/** The rights are compared before anything is looked at or tried. */
const given = (name: string, sql: string, table: string): Mutant => ({
  ...{ name, sql, about: table, tables: [table], shows: ['rights'] },
})

export function rightMutants({ tables }: Schema): Mutant[] {
  return tables.flatMap(({ name, fixed, readable, shrinks, grows }) => [
    given(`${name}: the login that looks may change it`, `grant update on ${name} to tugivork_read`, name),
    given(`${name}: whoever writes may empty it`, `grant truncate on ${name} to tugivork_write`, name),
    ...(fixed
      ? [given(`${name}: ${fixed} may be changed`, `grant update (${fixed}) on ${name} to tugivork_write`, name)]
      : []),
    ...(readable
      ? []
      : [given(`${name}: may be read`, `grant select on ${name} to tugivork_read, tugivork_write`, name)]),
    ...(shrinks ? [] : [given(`${name}: rows may be taken away`, `grant delete on ${name} to tugivork_write`, name)]),
    ...(grows ? [] : [given(`${name}: rows may be added`, `grant insert on ${name} to tugivork_write`, name)]),
  ])
}
