import { appendFileSync, writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { test } from 'vitest'
import { randomFrom } from '../db/seed/random.ts'
import { factsOf } from './proof/authorization/rules/rights.ts'
import { openWorld } from './proof/authorization/world/world.ts'
import { differs, tryAll } from './proof/authorization/writing/trying.ts'
import { writing } from './proof/authorization/writing/forbidden.ts'
const env = process.env
test('write', { timeout: 7_200_000 }, async () => {
  const out = env.Z_OUT ?? '/tmp/own/mutants-write.out'
  writeFileSync(out, '')
  for (const seed of (env.Z_SEEDS ?? '4').split(',').map(Number)) {
    const world = await openWorld(seed, { people: 2, volunteers: 8, casesEach: 5, oneAuditor: seed % 2 === 1 })
    const writer = new Client({ connectionString: world.database.writeUrl, pipeline: true })
    await writer.connect()
    const tried = await tryAll(writer, factsOf(world), world.claims, randomFrom(seed), Number(env.Z_ROUNDS ?? 3), [...writing])
    const by = Map.groupBy(tried, (one) => one.name)
    for (const [name, all] of by) {
      const codes = Map.groupBy(all.filter((o) => !o.allowed), (o) => o.told)
      appendFileSync(out, `${seed}\tsum\t${name}\t${all.length}\tallowed ${all.filter((o) => o.allowed).length}\t${[...codes].map(([c, o]) => `${c}:${o.length}`).join(' ')}\n`)
    }
    for (const one of tried.filter(differs)) appendFileSync(out, `${seed}\tWRONG\t${one.name}\t${one.allowed}\t${one.told}\t${one.who}\t${one.text}\n`)
    await writer.end()
    await world.close()
  }
})
