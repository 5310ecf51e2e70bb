// Does what is urgent come first, and does nothing waiting say so?
import { expect, test } from 'vitest'
import { byUrgency, type Task, Tasks } from './tasks.tsx'

const task = (kind: Task['kind'], text: string): Task => ({ kind, text, action: { href: '/', text: 'Ava' } })

test('danger before what is late before what can wait; equals keep their order', () => {
  const sorted = byUrgency([task('neutral', 'a'), task('attention', 'b'), task('danger', 'c'), task('attention', 'd')])
  expect(sorted.map(({ text }) => text)).toEqual(['c', 'b', 'd', 'a'])
})

test('the link says to those who hear it alone what it opens', () => {
  const html = String(
    <Tasks tasks={[{ ...task('attention', 'vajadust ilma tugiisikuta'), count: 0 }]} empty="Midagi ei oota." />,
  )
  expect(html).toContain('Ava<span class="govuk-visually-hidden">: vajadust ilma tugiisikuta</span>')
  expect(html).toContain('<strong class="tv-task__count">0 </strong>')
  expect(String(<Tasks tasks={[]} empty="Midagi ei oota." />)).toContain('Midagi ei oota.')
})
