// In which words does the coordinator hear of those who want to help, and of what was set out to find?
import { toDo } from '../../recruitment/recruitment.ts'
import { howFar } from '../../recruitment/target/words.tsx'
import type { Line } from './lines.ts'

// One of them is opened at once; of several the list is, whoever waits longest first.
export const idle: Line = (t, { recruitment: { idle: waiting, days } }) => {
  const [first] = waiting
  if (!first) return null
  const count = waiting.length
  return {
    kind: 'attention',
    count,
    text: t('home.recruitment.idle', { count, days }),
    hint: t('home.recruitment.first', { code: first.code, todo: t(toDo(first)) }),
    action: {
      href: count === 1 ? `/recruitment/${first.id}` : '/recruitment?idle=yes',
      text: t('home.recruitment.do'),
    },
  }
}

export const applied: Line = (t, { recruitment: { fresh } }) => {
  const [first] = fresh
  if (!first) return null
  const count = fresh.length
  const href = count === 1 ? `/recruitment/${first.id}` : '/recruitment'
  return { kind: 'wait', count, text: t('home.recruitment.fresh', { count }), action: { href, text: t('home.open') } }
}

export const lateTarget: Line = (t, { recruitment: { late } }) => {
  const [first] = late
  if (!first) return null
  const count = late.length
  return {
    kind: 'attention',
    count,
    text: t('home.recruitment.target', { count }),
    hint: howFar(t, first),
    action: {
      href: count === 1 ? `/recruitment/targets/${first.id}` : '/recruitment/targets',
      text: t('home.open'),
    },
  }
}
