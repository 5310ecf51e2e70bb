// Can any order of words about the ground leave something shared that nothing carries?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endsSupport, type Ground, goingOn, groundAfter, type Word } from './basis.ts'

const word = fc.oneof(
  fc.constant<Word>({ kind: 'consent' }),
  fc.constant<Word>({ kind: 'law' }),
  fc.constant<Word>({ kind: 'imported' }),
  fc.constantFrom(...goingOn).map((goesOn): Word => ({ kind: 'withdrawn', goesOn })),
)
const begins = fc.constantFrom<Ground>('consent', 'law', 'imported')

test('20,000 walks: what is shared always has a ground, and a wish that is not there cannot be taken back', () => {
  fc.assert(
    fc.property(begins, fc.array(fc.tuple(word, fc.boolean()), { maxLength: 40 }), (first, words) => {
      let ground: Ground = first
      // A support that began with a ground, as a model of every share: it must never outlive that ground.
      let supported = true
      for (const [said, offered] of words) {
        const after = groundAfter(ground, said)
        if (after === null) {
          expect(said.kind === 'imported' || ground === 'law' || ground === 'none').toBe(true)
          continue
        }
        if (endsSupport(said)) supported = false
        expect(after === 'none').toBe(said.kind === 'withdrawn' && said.goesOn === 'ends')
        expect(after === 'imported').toBe(false)
        ground = after
        if (ground === 'none') expect(supported).toBe(false)
        // Only a new word of the victim, or the law, brings back what may be shared.
        if (ground !== 'none' && offered) supported = true
      }
    }),
    { numRuns: 20_000 },
  )
})
